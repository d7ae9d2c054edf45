import type {FollowedStack} from '../../aws/stack-events.js'
import {isCancelled, isFailed} from '../../aws/stack-status.js'
import {failed, type McpgwError} from '../../errors.js'
import type {StackProgress} from '../../progress.js'

/**
 * The first failure that is a cause: the earliest failed resource that was not merely cancelled and is not a
 * row that speaks of a stack (those only sum up what happened inside). A nested stack that failed without a
 * failed resource of its own (its template could not be read) is its own cause.
 */
export function firstCause(events: readonly StackProgress[]): StackProgress | undefined {
  const failures = events
    .map((event, index) => ({event, index}))
    .filter(({event}) => isFailed(event.status) && !isCancelled(event.reason))
    .sort((a, b) => a.event.at - b.event.at || a.index - b.index)
    .map(({event}) => event)
  const isStackRow = (event: StackProgress) => event.isStack || event.type === 'AWS::CloudFormation::Stack'
  return failures.find(event => !isStackRow(event)) ?? failures.find(event => !event.isStack)
}

/** What to report when a stack did not end as it should. */
export function stackFailure(options: {
  verb: 'create' | 'update' | 'delete' | 'attach'
  stack: Pick<FollowedStack, 'name' | 'label' | 'status' | 'reason'>
  events: readonly StackProgress[]
  hint: string
  logs?: string
  detail?: string
}): McpgwError {
  const {verb, stack, events, hint, logs, detail} = options
  const cause = firstCause(events)
  const what =
    verb === 'attach' ? 'The operation that was running failed' : `CloudFormation could not ${verb} the stack`
  const ended = `${stack.name} ended in ${stack.status}`
  const why =
    cause === undefined
      ? (stack.reason ?? turnedBackFor(events, stack.name) ?? 'no resource reported a failure')
      : `in ${cause.label}, ${cause.logicalId} (${cause.type}) failed: ${cause.reason ?? cause.status}`
  const message = [`${what} (${ended}): ${sentence(why)}`, detail].filter(Boolean).join(' ')
  return failed('STACK_FAILED', message, {
    hint,
    logs,
    resource: cause === undefined ? stack.name : `${cause.stackName}/${cause.logicalId}`,
  })
}

/**
 * Why a stack turned back without a failed resource: a missing export, a name that is taken, a timeout. It says so
 * when it begins to, and no longer when it has come to rest.
 */
function turnedBackFor(events: readonly StackProgress[], stackName: string): string | undefined {
  const turn = events.find(
    ({isStack, stackName: name, status, reason}) =>
      isStack && name === stackName && /(ROLLBACK|DELETE)_IN_PROGRESS$/.test(status) && reason !== undefined,
  )
  return turn?.reason
}

/** What to report when a stack went away while it was being made: no resource of it is to blame. */
export function deletedMeanwhile(options: {
  stack: Pick<FollowedStack, 'name' | 'status'>
  while: 'created' | 'updated' | 'followed'
  /** What had failed before the deletion began, if anything. */
  cause: StackProgress | undefined
  hint: string
}): McpgwError {
  const {stack, cause, hint} = options
  const before =
    cause && ` Before that, in ${cause.label}, ${cause.logicalId} (${cause.type}) failed: ${reasonOf(cause)}`
  const message = `Stack ${stack.name} was deleted by somebody else while it was being ${options.while} (it ended in ${stack.status}).${before ?? ''}`
  return failed('STACK_DELETED', message, {hint, resource: stack.name})
}

function reasonOf({reason, status}: StackProgress): string {
  return sentence(reason ?? status)
}

function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`
}
