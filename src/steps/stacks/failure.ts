import type {FollowedStack} from '../../aws/followed-stack.js'
import {isCalledOff} from '../../aws/stack-status.js'
import {diagnosisResult} from '../../diagnosis/diagnosis.js'
import {firstCause, otherFailures} from '../../diagnosis/first-cause.js'
import {failed, type McpgwError} from '../../errors.js'
import type {StackProgress} from '../../progress.js'
import {calledOffWords} from './called-off.js'
import {wasCancelled} from './cancelled-update.js'
import type {OperationRecord} from './record.js'

/** What to report when a stack did not end as it should. What is known of the failure comes first in the hint. */
export function stackFailure(options: {
  verb: 'create' | 'update' | 'delete' | 'attach' | 'rollback' | 'cancel'
  stack: Pick<FollowedStack, 'name' | 'label' | 'status' | 'reason'>
  record: Pick<OperationRecord, 'undismissed' | 'diagnosis' | 'explained'>
  hint: string
  logs?: string
  detail?: string
}): McpgwError {
  const {verb, stack, record, hint, logs, detail} = options
  if (verb === 'delete' && isCalledOff(stack.status)) return calledOff(stack, record, hint)
  const cause = firstCause(record.undismissed) ?? causeOfRollback(verb, record.undismissed)
  const diagnosis = record.diagnosis()
  const what = whatFailed(verb)
  const ended = `${stack.name} ended in ${stack.status}`
  const why =
    cause === undefined ? (stack.reason ?? nothingFailed(record.undismissed)) : wordsOf(cause, stack.name)
  const message = [`${what} (${ended}): ${sentence(why)}`, detail].filter(Boolean).join(' ')
  return failed('STACK_FAILED', message, {
    hint: [diagnosis?.explanation?.advice, hint].filter(Boolean).join(' '),
    logs,
    resource: cause === undefined || cause.isStack ? stack.name : `${cause.stackName}/${cause.logicalId}`,
    diagnosis: diagnosis && diagnosisResult(diagnosis),
  })
}

function nothingFailed(events: readonly StackProgress[]): string {
  return wasCancelled(events) ? 'someone cancelled the update' : 'no resource reported a failure'
}

/** Nothing failed, so that no event has a cause: what the stack says of itself is all there is. */
function calledOff(
  stack: Pick<FollowedStack, 'name' | 'status' | 'reason'>,
  record: Pick<OperationRecord, 'explained'>,
  hint: string,
): McpgwError {
  const {name, status, reason} = stack
  const type = 'AWS::CloudFormation::Stack'
  const known = record.explained({type, reason, status: 'DELETE_FAILED'})
  if (reason === undefined || known === undefined)
    return failed('STACK_FAILED', `${calledOffWords(stack)}.`, {hint, resource: name})
  const {meaning, advice} = known
  return failed('STACK_FAILED', `${calledOffWords(stack)}.`, {
    hint: `${advice} ${hint}`,
    resource: name,
    diagnosis: {
      ...{stack: name, logicalId: name, type, status, reason, template: null},
      ...{meaning, advice, others: [], cancelled: 0},
    },
  })
}

/** Of a rollback that was only continued, or follows on a cancelled update, its own failure is all there is. */
function causeOfRollback(verb: string, events: readonly StackProgress[]): StackProgress | undefined {
  return verb === 'rollback' || verb === 'cancel' ? otherFailures(events, undefined)[0] : undefined
}

function whatFailed(verb: 'create' | 'update' | 'delete' | 'attach' | 'rollback' | 'cancel'): string {
  switch (verb) {
    case 'attach':
      return 'The operation that was running failed'
    case 'rollback':
      return 'CloudFormation could not finish the rollback of the last update'
    case 'cancel':
      return 'CloudFormation could not undo what was cancelled'
    default:
      return `CloudFormation could not ${verb} the stack`
  }
}

/** A stack that rolled back by itself says why; a resource is named with the stack that it lies in. */
function wordsOf(cause: StackProgress, stackName: string): string {
  const {label, logicalId, type, reason = cause.status} = cause
  if (!cause.isStack) return `in ${label}, ${logicalId} (${type}) failed: ${reason}`
  return cause.stackName === stackName ? reason : `in ${label}: ${reason}`
}

/** What to report when a stack went away while it was being made: no resource of it is to blame. */
export function deletedMeanwhile(options: {
  stack: Pick<FollowedStack, 'name' | 'status'>
  while: 'created' | 'updated' | 'followed' | 'rolled back'
  /** What had failed before the deletion began, if anything. */
  record: Pick<OperationRecord, 'undismissed' | 'diagnosis'>
  hint: string
}): McpgwError {
  const {stack, record, hint} = options
  const cause = firstCause(record.undismissed)
  const diagnosis = record.diagnosis()
  const before = cause === undefined ? '' : ` Before that, ${sentence(wordsOf(cause, stack.name))}`
  const message = `Stack ${stack.name} was deleted by someone else while it was being ${options.while} (it ended in ${stack.status}).${before}`
  return failed('STACK_DELETED', message, {
    hint,
    resource: stack.name,
    diagnosis: diagnosis && diagnosisResult(diagnosis),
  })
}

function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`
}
