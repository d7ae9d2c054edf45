import type {Build} from '../../aws/builds.js'
import {firstCause} from '../../diagnosis/first-cause.js'
import {failed, type McpgwError} from '../../errors.js'
import type {StackProgress} from '../../progress.js'
import {calledBackWords, wasCancelled} from '../stacks/cancelled-update.js'
import {deletedMeanwhile, stackFailure} from '../stacks/failure.js'
import type {DeployContext} from './context.js'
import type {TargetResult} from './deploy-stack.js'
import {nextStep} from './next-step.js'

const doing = {create: 'created', update: 'updated', attach: 'followed', rollback: 'rolled back'} as const

/** What to report of a stack that did not end as it should. */
export function deploymentFailure(
  context: DeployContext,
  {stackTarget, last, end}: TargetResult,
): McpgwError {
  if (end === undefined) return failed('INTERNAL', `Stack ${stackTarget.stackName} failed without an end.`)
  const cause = firstCause(context.record.undismissed)
  if (end.status.startsWith('DELETE_') && !deletedBecauseItFailed(context, last, cause)) {
    const hint = `Find out who did it. When the deletion has finished, \`${context.commandLine('deploy')}\` creates it again.`
    return deletedMeanwhile({stack: end, while: doing[last], record: context.record, hint})
  }
  const isBack = end.status === 'UPDATE_ROLLBACK_COMPLETE' && wasCancelled(context.record.undismissed)
  return stackFailure({
    verb: last,
    stack: end,
    record: context.record,
    hint: isBack
      ? calledBackWords(end.name, context.commandLine('deploy'))
      : nextStep(end, context, context.record.diagnosis()?.explanation?.id, context.record.events),
    ...(context.build === undefined ? {} : buildEvidence(context.build, cause?.reason)),
  })
}

/** With --on-failure delete CloudFormation does that itself; of an operation that we joined nobody knows the flag. */
function deletedBecauseItFailed(
  {settings}: DeployContext,
  last: TargetResult['last'],
  cause: StackProgress | undefined,
): boolean {
  const couldBe = last === 'attach' || (last === 'create' && settings.onFailure === 'delete')
  return couldBe && cause !== undefined
}

/** What a failed image build adds to the report: what failed in it, unless `told` says so, and where its log is. */
function buildEvidence(build: Build, told = ''): {detail?: string; logs?: string} {
  if (build.status === 'SUCCEEDED' || build.status === 'IN_PROGRESS') return {}
  const logs = build.logs && `CloudWatch Logs, group ${build.logs.group}, stream ${build.logs.stream}`
  const phase = build.phases.find(({status}) => status !== undefined && status !== 'SUCCEEDED')
  const message = phase?.message
  // The build's own answer to CloudFormation; only a long one may have lost its end, which is CodeBuild's message.
  if (told.includes(build.id)) {
    return {detail: message && !told.includes(message) ? `CodeBuild says: ${message}.` : undefined, logs}
  }
  const why = phase === undefined ? '' : ` in phase ${phase.name}${message ? `: ${message}` : ''}`
  return {detail: `The image build ${build.id} ended ${build.status}${why}.`, logs}
}
