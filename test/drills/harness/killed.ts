import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import type {DrillAccount} from './account.js'
import {wordsOf} from './words.js'

const bin = fileURLToPath(new URL('../../../bin/run.js', import.meta.url))

/** When a process is killed: when its output shows this, or so many real milliseconds after it began to say anything. */
export type Moment = RegExp | number

/**
 * Runs the built command, on an account that this process serves, and kills it with SIGKILL.
 * @returns what it had printed by then
 * @throws when it ended before its output had shown this
 */
export async function runAndKill(account: DrillAccount, line: string, moment: Moment): Promise<string> {
  const [, ...words] = wordsOf(line)
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|MCPGW|NODE_|VITEST)/.test(name))
  const child = spawn(process.execPath, [bin, ...words, '--rehearse', '--yes'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(inherited),
      MCPGW_REHEARSAL_STATE: account.stateFile,
      MCPGW_REHEARSE_SPEED: 'max',
    },
  })
  let output = ''
  let timer: NodeJS.Timeout | undefined
  const kill = () => child.kill('SIGKILL')
  const look = (chunk: Buffer) => {
    output += chunk
    if (typeof moment === 'number') timer ??= setTimeout(kill, moment)
    else if (moment.test(output)) kill()
  }
  child.stdout.on('data', look)
  child.stderr.on('data', look)
  const signal = await new Promise<NodeJS.Signals | null>(resolve => {
    child.on('close', (_code, by) => resolve(by))
  })
  clearTimeout(timer)
  if (signal !== 'SIGKILL' && typeof moment !== 'number')
    throw new Error(`${line} ended before ${moment}: ${output}`)
  return output
}
