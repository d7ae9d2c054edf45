import {labelOf} from '../environment/stacks.js'
import type {StackProgress} from '../progress.js'
import {stackNameOf} from './arn.js'
import type {FollowedStack} from './followed-stack.js'
import type {StackEvent} from './stack-data.js'
import {isInProgress, isStable} from './stack-status.js'

/** A stack while it is followed: what its events, and its parent's events about it, have told so far. */
export interface TrackedStack {
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
  /** What is being worked on in it, nested stacks included, by logical id. */
  readonly running: Map<string, RunningResource>
  /** When the last of them came to its end, as seen here. Epoch ms of the local clock, as the next one. */
  turnedAt: number
  /** When it is to be looked at next. */
  dueAt: number
}

/** A resource that is being created, updated or deleted. */
export interface RunningResource {
  readonly type: string
  readonly status: string
  readonly physicalId: string
  /** Epoch ms. */
  readonly beganAt: number
}

export function root(options: {id: string; label: string}): TrackedStack {
  return {...blank(), ...options, logicalId: stackNameOf(options.id), parentId: undefined}
}

/** The nested stack that a resource of its parent speaks of; undefined for any other resource. */
export function nestedStack(event: StackEvent): TrackedStack | undefined {
  const {logicalId, physicalId, type} = event
  if (type !== stackType || physicalId === '' || isOwn(event)) return
  return {
    ...blank(),
    id: physicalId,
    label: labelOf(logicalId),
    logicalId,
    parentId: event.stackId,
  }
}

/** Applies an event of the stack itself or of something in it. */
export function applyEvent(stack: TrackedStack, event: StackEvent, now: number): void {
  stack.seen.add(event.eventId)
  if (!isOwn(event)) return applyResourceEvent(stack, event, now)
  stack.status = event.status
  stack.reason = event.reason
  stack.startedAt ??= event.at
  stack.endedAt = isStable(event.status) ? event.at : undefined
  if (stack.parentId !== undefined) stack.open = isInProgress(event.status)
}

function applyResourceEvent(stack: TrackedStack, event: StackEvent, now: number): void {
  const {logicalId, type, status, physicalId, at} = event
  if (isInProgress(status)) {
    // AWS's clock may be ahead of ours; the stamp says how long a resource had run before it was seen.
    const beganAt = stack.running.get(logicalId)?.beganAt ?? Math.min(at, now)
    stack.running.set(logicalId, {type, status, physicalId, beganAt})
  } else if (stack.running.delete(logicalId)) stack.turnedAt = now
}

/**
 * Those of a settled root's new events that still belong to what it settled from: somebody else may have begun the
 * next operation already.
 */
export function untilNextOperation(
  stack: TrackedStack,
  events: readonly StackEvent[],
): readonly StackEvent[] {
  let ended = stack.endedAt !== undefined
  const next = events.filter(isOwn).find(({status}) => {
    if (ended && isInProgress(status)) return true
    ended ||= isStable(status)
    return false
  })
  return next === undefined ? events : events.slice(0, events.indexOf(next))
}

/**
 * Applies an event of the parent about a nested stack. A stack that had settled starts again when its parent works
 * on it once more (rollback, clean-up after an update). The parent notices the end up to 10 s late, so a resource that
 * is older than the child's own end tells nothing new.
 */
export function applyParentEvent(stack: TrackedStack, event: StackEvent): void {
  const settled = stack.endedAt !== undefined
  if (isInProgress(event.status)) stack.open ||= !settled || event.at > (stack.endedAt ?? 0)
  // A child that had nothing to update has no events of its own.
  else if (settled || stack.startedAt === undefined) stack.open = false
}

export function progressOf(stack: TrackedStack, event: StackEvent): StackProgress {
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

export function summaryOf(stack: TrackedStack): FollowedStack {
  const {id, label, logicalId, parentId, status, reason, startedAt, endedAt} = stack
  return {id, name: stackNameOf(id), label, logicalId, parentId, status, reason, startedAt, endedAt}
}

const stackType = 'AWS::CloudFormation::Stack'

/** AWS's mark of a resource about the stack itself; its logical id, the stack's name, could also be a resource's. */
function isOwn(event: StackEvent): boolean {
  return event.type === stackType && event.physicalId === event.stackId
}

const never = Number.NEGATIVE_INFINITY

function blank() {
  const nothingTold = {status: '', reason: undefined, startedAt: undefined, endedAt: undefined, open: true}
  return {...nothingTold, seen: new Set<string>(), running: new Map(), turnedAt: never, dueAt: never}
}
