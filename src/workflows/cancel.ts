import type {ProgressSink} from '../progress.js'
import type {CancelResult} from '../results.js'
import {cancelOperations} from '../steps/cancel/cancel-operations.js'
import type {CancelContext} from '../steps/cancel/context.js'
import {findCancellable} from '../steps/cancel/find-cancellable.js'
import {guardAccount} from '../steps/guard-account.js'
import {identify} from '../steps/identify.js'
import {deployLine} from '../steps/verify/remedies.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

/** Finds what would be stopped; the user is asked after it, and nothing is changed before. */
export const cancelSurvey: Workflow<CancelContext> = {
  title: 'Look before cancelling',
  steps: [identify(), guardAccount(), findCancellable()],
}

/** Stops it. */
export const cancelWorkflow: Workflow<CancelContext> = {
  title: 'Cancel',
  steps: [cancelOperations()],
}

/** Stops what the survey found, and follows it to rest. */
export async function cancel(
  context: CancelContext,
  options: {startedAt: number; tell: ProgressSink; signal: AbortSignal},
): Promise<CancelResult> {
  const {startedAt, tell, signal} = options
  const {clock, environment, cancelled} = context
  await runWorkflow(cancelWorkflow, context, {
    clock,
    tell,
    signal,
    persistent: () => context.record.underway !== 'nothing',
  })
  const durationSeconds = Math.round((clock.now() - startedAt) / 100) / 10
  return {environment, cancelled, durationSeconds, next: afterwards(context)}
}

/** The layout is named as long as something is in it: another one would be refused. */
function afterwards({commandLine, existingStacks = []}: CancelContext): string {
  const deploy = deployLine({commandLine, layout: existingStacks[0]?.layout ?? 'nested'})
  return `Run \`${deploy}\`, or \`${commandLine('teardown')}\` to remove what is left.`
}
