import {shell} from '../../aws/command-line.js'
import type {Templates} from '../../diagnosis/template-line.js'
import type {StackProgress} from '../../progress.js'
import type {RecordedRun} from '../../recorder/read-run.js'
import type {RunFile} from '../../recorder/run-file.js'
import type {DiagnoseResult} from '../../results.js'
import {callingsOf, causeOf} from '../stacks/cause.js'

/** What the folder of a run tells; AWS is not asked. `templates` say where a resource is declared. */
export function explainRun({run, events, evidence}: RecordedRun, templates: Templates): DiagnoseResult {
  const {id, environment, account, region, failure, exitCode} = run
  const state = stateOf(run)
  // Runs of earlier versions do not say which endpoint they used.
  const callings = callingsOf(commandLineOf(run), {region, endpoint: run.endpoint ?? undefined})
  const next = failure?.hint ?? (exitCode === null ? `Run \`${run.commandLine}\` to continue.` : null)
  return {
    environment,
    run: id,
    account,
    region,
    state,
    stacks: lastStatuses(events),
    // Told by what is known today, which may be more than on the day of the run.
    diagnosis: state === 'well' ? null : (causeOf(events, templates, callings, evidence) ?? run.diagnosis),
    evidence,
    next: state === 'well' ? null : next,
  }
}

/** How the user would call a command where the run worked; its own comes with what was given for it. */
function commandLineOf({command: own, commandLine, environment, region, rehearsal}: RunFile) {
  const rest = `${shell`--environment ${environment} --region ${region}`}${rehearsal ? ' --rehearse' : ''}`
  return (command: string) => (command === own ? commandLine : `mcpgw ${command} ${rest}`)
}

/** A run that was killed, gave up or was interrupted has left something running in AWS. */
function stateOf({exitCode}: RunFile): DiagnoseResult['state'] {
  if (exitCode === 0) return 'well'
  return exitCode === null || exitCode === 4 || exitCode === 130 ? 'running' : 'failed'
}

/** How each stack was when the run heard of it last, in the order in which they were heard of. */
function lastStatuses(events: readonly StackProgress[]): DiagnoseResult['stacks'] {
  const statuses = new Map<string, string>()
  for (const {isStack, stackName, status} of events) if (isStack) statuses.set(stackName, status)
  return Array.from(statuses, ([name, status]) => ({name, status}))
}
