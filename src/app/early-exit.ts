import {McpgwError} from '../errors.js'
import {writeDuration} from '../input/duration.js'
import type {Underway} from '../steps/stacks/record.js'
import {waysOnFrom} from '../steps/stacks/ways-on.js'

/** What a run that stops early needs to say truthfully what it leaves behind. */
export interface StoppedRun {
  /** The command that goes on with it. */
  goOn: string
  /** What else can be done about what goes on, in words: how to watch it, to stop it, to remove it. */
  others?: string
  /** How far it has got; undefined for a command that starts and follows nothing. */
  underway: Underway | undefined
  /** The stacks that go on. */
  goingOn?: readonly {name: string; status: string}[]
}

/** The ways on from what a command leaves behind; an export of images has its own. */
export function otherWays(
  command: string,
  commandLine: (command: string) => string,
  goingOn: StoppedRun['goingOn'] = [],
): string | undefined {
  const watch = `\`${commandLine('watch')}\` only looks`
  const remove = `\`${commandLine('teardown')}\` removes it`
  // Nobody can stop a deletion, or a rollback.
  const goesToItsEnd =
    goingOn.length > 0 && goingOn.every(({status}) => waysOnFrom(status).cancel === 'refuse')
  const cancel = goesToItsEnd ? [] : [`\`${commandLine('cancel')}\` stops it`]
  switch (command) {
    case 'deploy':
      return [watch, ...cancel, remove].join(', ')
    case 'watch':
      return [...cancel, remove].join(', ')
    case 'teardown':
    case 'cancel':
      return watch
    default:
      return undefined
  }
}

/** The failure of a command that the user interrupted. */
export function interrupted(message: string, hint: string): McpgwError {
  return new McpgwError(message, {code: 'INTERRUPTED', exitCode: 130, hint})
}

/** The failure of a run that the user interrupted. */
export function interruptedRun(run: StoppedRun): McpgwError {
  const {goOn, underway} = run
  switch (underway) {
    case 'running':
      return interrupted(
        `Interrupted: mcpgw stopped waiting. What was started goes on in AWS${statuses(run)}.`,
        `Run \`${goOn}\` to attach to it again${others(run)}.`,
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
export function timedOut(timeoutMs: number, run: StoppedRun): McpgwError {
  const {goOn, underway} = run
  const limit = writeDuration(timeoutMs)
  switch (underway) {
    case 'running':
      return gaveUp(
        `Gave up waiting after ${limit}. The operation goes on in AWS${statuses(run)}.`,
        `Run \`${goOn}\` to attach to it again${others(run)}; --timeout sets the limit.`,
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

function statuses({goingOn = []}: StoppedRun): string {
  if (goingOn.length === 0) return ''
  return `: ${goingOn.map(({name, status}) => `stack ${name} is in ${status}`).join(', ')}`
}

function others({others: words}: StoppedRun): string {
  return words === undefined ? '' : ` (${words})`
}

const nothingStarted = 'Nothing was started: no stack was touched.'
const nothingGoesOn = 'What was started in AWS has ended; what comes after it was not done.'

function gaveUp(message: string, hint: string): McpgwError {
  return new McpgwError(message, {code: 'TIMED_OUT', exitCode: 4, hint})
}
