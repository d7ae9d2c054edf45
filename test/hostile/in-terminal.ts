import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'

/** The built command in a terminal of its own. */
export function inTerminal(words: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
  const line = [process.execPath, bin, ...words].map(word => `'${word}'`).join(' ')
  const {CI: _, ...rest} = process.env
  const child = spawn('script', ['-qefc', `stty cols 100 rows 30; ${line}`, '/dev/null'], {
    env: {...rest, TERM: 'xterm-256color', ...env},
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let shown = ''
  child.stdout.on('data', chunk => {
    shown += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve(shown))
  })
}
