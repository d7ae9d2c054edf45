import {labelOf} from '../environment/stacks.js'
import type {StackProgress} from '../progress.js'
import {stackNameOf} from './arn.js'
import type {FollowedStack} from './stack-events.js'
import {isInProgress, isStable} from './stack-status.js'
import type {StackEvent} from './stacks.js'

/** A stack while it is followed: what its events, and its parent's events about it, have told so far. */
export interface Followed {
  readonly id: string
  readonly label: string
  readonly logicalId: string
  readonly parentId: string | undefined
  /** Ids of the events that were told. */
  readonly seen: Set<string>
  status: string
  reason: string | undefined
  startedAt: number | undefined
  endedAt: number | undefined
  /** A poll may bring something new. */
  open: boolean
}

export function root(options: {id: string; label: string}): Followed {
  return {...blank, ...options, logicalId: stackNameOf(options.id), parentId: undefined, seen: new Set()}
}

/** The nested stack that a row of its parent speaks of; undefined for any other row. */
export function nestedStack(event: StackEvent): Followed | undefined {
  const {logicalId, physicalId, type} = event
  if (type !== stackType || physicalId === '' || isOwn(event)) return
  return {
    ...blank,
    id: physicalId,
    label: labelOf(logicalId),
    logicalId,
    parentId: event.stackId,
    seen: new Set(),
  }
}

/** Takes in an event of the stack itself. */
export function takeIn(stack: Followed, event: StackEvent): void {
  stack.seen.add(event.eventId)
  if (!isOwn(event)) return
  stack.status = event.status
  stack.reason = event.reason
  stack.startedAt ??= event.at
  stack.endedAt = isStable(event.status) ? event.at : undefined
  if (stack.parentId !== undefined) stack.open = isInProgress(event.status)
}

/**
 * Takes in a row of the parent about a nested stack. A stack that had settled starts again when its parent works
 * on it once more (rollback, clean-up after an update). The parent notices the end up to 10 s late, so a row that
 * is older than the child's own end tells nothing new.
 */
export function takeInParentRow(stack: Followed, row: StackEvent): void {
  const settled = stack.endedAt !== undefined
  if (isInProgress(row.status)) stack.open ||= !settled || row.at > (stack.endedAt ?? 0)
  // A child that had nothing to update has no events of its own.
  else if (settled || stack.startedAt === undefined) stack.open = false
}

export function progressOf(stack: Followed, event: StackEvent): StackProgress {
  const {stackName, stackId, logicalId, physicalId, type, status, reason, at} = event
  return {
    label: stack.label,
    stackName,
    stackId,
    logicalId,
    physicalId,
    type,
    status,
    reason,
    at,
    isStack: isOwn(event),
  }
}

export function summaryOf(stack: Followed): FollowedStack {
  const {id, label, logicalId, parentId, status, reason, startedAt, endedAt} = stack
  return {id, name: stackNameOf(id), label, logicalId, parentId, status, reason, startedAt, endedAt}
}

const stackType = 'AWS::CloudFormation::Stack'

/** AWS's mark of a row about the stack itself; its logical id, the stack's name, could also be a resource's. */
function isOwn(event: StackEvent): boolean {
  return event.type === stackType && event.physicalId === event.stackId
}

const blank = {status: '', reason: undefined, startedAt: undefined, endedAt: undefined, open: true}
