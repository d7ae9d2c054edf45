import {accountWords, type Clock} from '../clock.js'
import {McpgwError} from '../errors.js'
import {writeDuration} from '../input/duration.js'
import type {UnsteadyService} from '../progress.js'
import {formatTasks} from '../report/words.js'
import type {Underway} from '../steps/stacks/record.js'
import {actionsFor} from '../steps/stacks/stack-actions.js'

/** What a run that stops early needs to say truthfully what it leaves behind. */
export interface EarlyExit {
  /** The command that continues it. */
  resumeCommand: string
  /** What else can be done about what is still running, in words: how to watch it, to stop it, to remove it. */
  alternatives?: string
  /** How far it has got; undefined for a command that starts and follows nothing. */
  underway: Underway | undefined
  /** The stacks still in progress. */
  runningOperations?: readonly {name: string; status: string}[]
  /** The time of the account that the run works in, where that is not real time. */
  timeLabel?: Clock['label']
  /** The services that are waited for, and that are not steady. */
  unsteadyServices?: readonly UnsteadyService[]
}

/** What else can be run about what a command leaves behind; an export of images has its own words. */
export function alternativeCommands(
  command: string,
  commandLine: (command: string) => string,
  runningOperations: EarlyExit['runningOperations'] = [],
): string | undefined {
  const watch = `\`${commandLine('watch')}\` only looks`
  const remove = `\`${commandLine('teardown')}\` removes it`
  // Nobody can stop a deletion, or a rollback.
  const goesToItsEnd =
    runningOperations.length > 0 &&
    runningOperations.every(({status}) => actionsFor(status).cancel === 'refuse')
  const cancel = goesToItsEnd ? [] : [`\`${commandLine('cancel')}\` stops it`]
  switch (command) {
    case 'deploy':
    case 'reset':
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
export function interruptedRun(run: EarlyExit): McpgwError {
  const {resumeCommand, underway} = run
  switch (underway) {
    case 'running':
      return interrupted(
        `Interrupted: mcpgw stopped waiting. What was started continues in ${accountWords(run.timeLabel)}${statuses(run)}.`,
        `Run \`${resumeCommand}\` to attach to it again${alternatives(run)}.`,
      )
    case 'ended':
      return interrupted(`Interrupted. ${nothingRuns(run)}`, `Run \`${resumeCommand}\` to do the rest.`)
    case 'nothing':
      return interrupted(`Interrupted. ${nothingStarted}`, `Run \`${resumeCommand}\` when you are ready.`)
    default:
      return interrupted('Interrupted: nothing was changed.', `Run \`${resumeCommand}\` to look again.`)
  }
}

/** The failure of a run whose `--timeout` is over. */
export function timedOut(timeoutMs: number, run: EarlyExit): McpgwError {
  const {resumeCommand, underway} = run
  const limit = [writeDuration(timeoutMs), run.timeLabel].filter(Boolean).join(' ')
  switch (underway) {
    case 'running':
      return gaveUp(
        `Gave up waiting after ${limit}. The operation continues in ${accountWords(run.timeLabel)}${statuses(run)}.${unsteady(run)}`,
        `Run \`${resumeCommand}\` to attach to it again${alternatives(run)}; --timeout sets the limit.`,
      )
    case 'ended':
      return gaveUp(
        `Gave up after ${limit}. ${nothingRuns(run)}${unsteady(run)}`,
        `Run \`${resumeCommand}\` to do the rest; --timeout sets the limit.`,
      )
    default:
      return gaveUp(
        `Gave up after ${limit}. ${nothingStarted}`,
        `Run \`${resumeCommand}\` with a longer --timeout (90m unless given).`,
      )
  }
}

function statuses({runningOperations = []}: EarlyExit): string {
  if (runningOperations.length === 0) return ''
  return `: ${runningOperations.map(({name, status}) => `stack ${name} is in ${status}`).join(', ')}`
}

/** Each by its name, with what ECS said last: that is what is to be looked at. */
function unsteady({unsteadyServices = []}: EarlyExit): string {
  return unsteadyServices
    .map(service => {
      const said = service.lastEvent === undefined ? '' : `; ECS says: ${service.lastEvent}`
      return ` Service ${service.name} is not steady (${formatTasks(service)})${said}`
    })
    .map(sentence => (sentence.endsWith('.') ? sentence : `${sentence}.`))
    .join('')
}

function alternatives({alternatives: words}: EarlyExit): string {
  return words === undefined ? '' : ` (${words})`
}

const nothingStarted = 'Nothing was started: no stack was touched.'
const nothingRuns = ({timeLabel}: EarlyExit) =>
  `What was started in ${accountWords(timeLabel)} has ended; the steps after it were not done.`

function gaveUp(message: string, hint: string): McpgwError {
  return new McpgwError(message, {code: 'TIMED_OUT', exitCode: 4, hint})
}
