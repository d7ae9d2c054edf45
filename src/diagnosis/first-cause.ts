import type {StackProgress} from '../progress.js'
import {StackTree, stackType} from './stack-tree.js'

/**
 * The failure that began it all, over every stack that the events speak of. The events are those of one operation (for
 * each root) and of the rollback that followed: AWS gives the two different operation ids, and the cause is in the first.
 *
 * Never an event that was merely cancelled, nor one that sums up what failed inside a stack. What fails after a stack has
 * rolled back did not cause the rollback: an orderly rollback has failures of its own. A stack that rolled back without a
 * failed resource (a missing export, a bad output) is its own cause. Where a deletion was asked for, its failures are
 * the cause.
 *
 * The order of the events does not matter, only their time stamps: some arrive late.
 */
export function firstCause(events: readonly StackProgress[]): StackProgress | undefined {
  const tree = new StackTree(events)
  const causes = inOrder(events.filter(event => isReal(event, tree) && couldBeCause(event, tree)))
  return causes[0]
}

/** Every other failure of the events, oldest first: what failed by itself beside the cause, or during the rollback. */
export function otherFailures(
  events: readonly StackProgress[],
  cause: StackProgress | undefined,
): readonly StackProgress[] {
  const tree = new StackTree(events)
  const told = new Set(cause === undefined ? [] : [keyOf(cause)])
  return inOrder(events.filter(event => isReal(event, tree))).filter(event => {
    const isNew = !told.has(keyOf(event))
    told.add(keyOf(event))
    return isNew
  })
}

/** How many resources failed only because others had. */
export function cancelledCount(events: readonly StackProgress[]): number {
  const cancelled = events.filter(({status, reason}) => isFailed(status) && isCancelled(reason))
  return new Set(cancelled.map(keyOf)).size
}

/** A resource that failed by itself, or a stack that failed without one. */
function isReal(event: StackProgress, tree: StackTree): boolean {
  const {status, reason} = event
  if (isCancelled(reason)) return false
  if (event.type === stackType && (isSummary(reason) || tree.isTold(event))) return false
  if (tree.isTurn(event)) return reason !== 'User Initiated' && event.at <= tree.turnedAt(event)
  return isFailed(status) && !tree.wasOvercome(event)
}

function couldBeCause(event: StackProgress, tree: StackTree): boolean {
  const isDeletion = event.status.startsWith('DELETE_') && !tree.isTurn(event)
  return isDeletion === tree.isDeletion(event) && event.at <= tree.turnedAt(event)
}

/**
 * A stack's event that only repeats what its resources say, or nothing. CloudFormation's words: "The following
 * resource(s) failed to create: [A, B]. ", also inside of "Embedded stack … was not successfully created: …".
 */
function isSummary(reason: string | undefined): boolean {
  return reason === undefined || /The following resource\(s\) failed to /.test(reason)
}

/** Oldest first; of those at the same time a resource before a stack, and else as they were told. */
function inOrder(events: readonly StackProgress[]): StackProgress[] {
  const rank = ({type}: StackProgress) => (type === stackType ? 1 : 0)
  return [...events].sort((a, b) => a.at - b.at || rank(a) - rank(b))
}

function keyOf({stackId, logicalId}: StackProgress): string {
  return `${stackId} ${logicalId}`
}

function isFailed(status: string): boolean {
  return status.endsWith('_FAILED')
}

/** A failure that only follows from another one. */
export function isCancelled(reason: string | undefined): boolean {
  return reason !== undefined && /^Resource (creation|update|deletion) cancelled/i.test(reason)
}
