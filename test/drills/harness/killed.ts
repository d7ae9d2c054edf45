import {type ChildProcess, spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import type {DrillAccount} from './account.js'
import {wordsOf} from './words.js'

const bin = fileURLToPath(new URL('../../../bin/run.js', import.meta.url))

/** When a process gets its signal: when its output shows this, or so many real milliseconds after it began to say anything. */
export type Moment = RegExp | number

/** How a process ended: by a signal, or with a code of its own. */
export interface Gone {
  output: string
  exitCode: number | null
  signal: NodeJS.Signals | null
}

/**
 * Runs the built command, on an account that this process serves, and kills it with SIGKILL.
 * @returns what it had printed by then
 * @throws when it ended before its output had shown this
 */
export async function runAndKill(account: DrillAccount, line: string, moment: Moment): Promise<string> {
  const {output, signal} = await runUntil(account, line, moment, child => child.kill('SIGKILL'))
  if (signal !== 'SIGKILL' && typeof moment !== 'number')
    throw new Error(`${line} ended before ${moment}: ${output}`)
  return output
}

/** Runs the built command, does something to its process at a moment, and waits for its end. */
export async function runUntil(
  account: DrillAccount,
  line: string,
  moment: Moment,
  act: (child: ChildProcess) => unknown,
): Promise<Gone> {
  const [, ...words] = wordsOf(line)
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|MCPGW|NODE_|VITEST)/.test(name))
  const child = spawn(process.execPath, [bin, ...words, '--rehearse', '--yes'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(inherited),
      MCPGW_REHEARSAL_STATE: account.stateFile,
      MCPGW_REHEARSE_SPEED: 'max',
      // Beside the account, and not among the runs of whoever works here.
      MCPGW_RUNS_DIR: `${account.stateFile}.runs`,
    },
  })
  let output = ''
  let timer: NodeJS.Timeout | undefined
  let hasCome = false
  const come = () => {
    if (!hasCome) act(child)
    hasCome = true
  }
  const look = (chunk: Buffer) => {
    output += chunk
    if (typeof moment === 'number') timer ??= setTimeout(come, moment)
    else if (moment.test(output)) come()
  }
  child.stdout.on('data', look)
  child.stderr.on('data', look)
  const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(resolve => {
    child.on('close', (...ended) => resolve(ended))
  })
  clearTimeout(timer)
  return {output, exitCode, signal}
}
