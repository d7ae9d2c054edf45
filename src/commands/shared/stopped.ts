import {McpgwError} from '../../errors.js'
import type {Underway} from '../../steps/stacks/record.js'
import {writeDuration} from './input/duration.js'

/** What a run that stops early needs to say truthfully what it leaves behind. */
export interface StoppedRun {
  /** The command that goes on with it. */
  goOn: string
  /** How far it has got; undefined for a command that changes nothing. */
  underway: Underway | undefined
}

/** The exit code of an interrupted command, as every shell expects it. */
export const interruptedExitCode = 130

/** The failure of a command that the user interrupted. */
export function interrupted(message: string, hint: string): McpgwError {
  return new McpgwError(message, {code: 'INTERRUPTED', exitCode: 130, hint})
}

/** The failure of a run that the user interrupted. */
export function interruptedRun({goOn, underway}: StoppedRun): McpgwError {
  switch (underway) {
    case 'running':
      return interrupted(
        'Interrupted: mcpgw stopped waiting. What was started goes on in AWS.',
        `Run \`${goOn}\` to attach to it again.`,
      )
    case 'ended':
      return interrupted(`Interrupted. ${nothingGoesOn}`, `Run \`${goOn}\` to do the rest.`)
    case 'nothing':
      return interrupted(`Interrupted. ${nothingStarted}`, `Run \`${goOn}\` when you are ready.`)
    default:
      return interrupted('Interrupted: nothing was changed.', `Run \`${goOn}\` to look again.`)
  }
}

/** The failure of a run whose `--timeout` is over. */
export function timedOut(timeoutMs: number, {goOn, underway}: StoppedRun): McpgwError {
  const limit = writeDuration(timeoutMs)
  switch (underway) {
    case 'running':
      return gaveUp(
        `Gave up waiting after ${limit}. The operation goes on in AWS.`,
        `Run \`${goOn}\` to attach to it again; --timeout sets the limit.`,
      )
    case 'ended':
      return gaveUp(
        `Gave up after ${limit}. ${nothingGoesOn}`,
        `Run \`${goOn}\` to do the rest; --timeout sets the limit.`,
      )
    default:
      return gaveUp(
        `Gave up after ${limit}. ${nothingStarted}`,
        `Run \`${goOn}\` with a longer --timeout (90m unless given).`,
      )
  }
}

const nothingStarted = 'Nothing was started: no stack was touched.'
const nothingGoesOn = 'What was started in AWS has ended; what comes after it was not done.'

function gaveUp(message: string, hint: string): McpgwError {
  return new McpgwError(message, {code: 'TIMED_OUT', exitCode: 4, hint})
}
