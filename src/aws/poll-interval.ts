import {childStacks} from '../environment/stacks.js'
import {longestSeconds, nextEndSeconds, overdueSeconds} from './resource-ends.js'
import {isCleaningUp, operationOf} from './stack-status.js'
import type {RunningResource, TrackedStack} from './tracked-stack.js'

/** Where a resource may come to its end, what it tells is seen within 6 s, jitter included. */
const steadyMs = 5_100
/** In the deletion of a nested stack, which only its parent waits for: within 10 s. CloudFormation goes on whether or not it is seen. */
const deletionMs = 8_600
/** Where none is expected to end, what happens all the same, such as a failure, is seen within 15 s, jitter included. */
const quietMs = 13_000
/** The end of what somebody waits for is seen within 2 s, jitter included. */
const closeMs = 1_700
/** The same for what ends in a nested stack: its parent notices that 2 s later at the earliest, and then ends itself. */
const nestedCloseMs = 2 * closeMs
/** A stack whose nested stacks are all at work, and looked at themselves, has nothing to tell. */
const guardMs = 60_000
/** A parent begins the next nested stack within seconds after a resource has come to its end. */
const turnMs = 5_000

/**
 * The end of what has run for twice its typical time is seen within a tenth of the time that it has run by then: it is held up by
 * something else, or stuck, and may go on like that for as long again.
 */
const overduePart = 0.1

const stackType = 'AWS::CloudFormation::Stack'

/**
 * How long to leave a stack alone, in ms, after it was looked at: the nearer an end may be, the shorter.
 *
 * A look costs one of few calls (DescribeStackEvents has no filter and AWS's rate is shared by everybody in the
 * account), so that it goes where something can happen: a stack in which nothing is at work is about to begin
 * something or to end; one whose resources have all run for most of their typical time may end at any moment; one whose
 * resources all need longer has nothing to tell unless one fails.
 *
 * @param all every stack that is followed, by id
 * @param now epoch ms of the local clock
 * @param isLast the end of these stacks is what somebody waits for, and not only what the next stack waits for
 * @param isMissed the look failed: what the stack has to tell is late already
 */
export function pollInterval(
  stack: TrackedStack,
  all: ReadonlyMap<string, TrackedStack>,
  {now, isLast, isMissed}: {now: number; isLast: boolean; isMissed: boolean},
): number {
  const interval = intervalOf(stack, all, {now, isLast})
  return isMissed ? Math.min(interval, steadyMs) : interval
}

function intervalOf(
  stack: TrackedStack,
  all: ReadonlyMap<string, TrackedStack>,
  {now, isLast}: {now: number; isLast: boolean},
): number {
  const resources = [...stack.running.values()]
  const isNestedDeletion = stack.parentId !== undefined && operationOf(stack.status) === 'delete'
  const steady = isLast && isNestedDeletion ? deletionMs : steadyMs
  if (resources.length === 0) return isWaiting(stack) || isBeginning(stack) ? steady : closeMs
  const nested = resources.filter(({type}) => type === stackType)
  const atWork = nested.filter(resource => isAtWork(all.get(resource.physicalId)))
  // Another one is at work: this is neither the end nor what comes before it.
  if (atWork.length < nested.length) return atWork.length === 0 ? closeMs : steady
  const own = resources.filter(({type}) => type !== stackType)
  if (own.length === 0) return now - stack.turnedAt < turnMs ? steady : guardMs
  if (isLast && mayEnd(all, now)) {
    const interval = stack.parentId === undefined ? closeMs : nestedCloseMs
    return Math.min(Math.max(interval, overduePart * overdueMs(own, now)), steadyMs)
  }
  return Math.min(Math.max(steady, untilNextEnd(own, now)), quietMs)
}

/** A nested stack that has told nothing yet, or waits in its clean-up until all its siblings are done. */
function isWaiting({parentId, status}: TrackedStack): boolean {
  return parentId !== undefined && (status === '' || isCleaningUp(status))
}

/** Nothing has ended yet, so that it cannot be at its own end; the first resource is begun some seconds later. */
function isBeginning({status, turnedAt}: TrackedStack): boolean {
  return status === 'CREATE_IN_PROGRESS' && turnedAt === Number.NEGATIVE_INFINITY
}

/** Of a nested stack that has told nothing, or has come to its end, its parent tells what comes next. */
function isAtWork(nested: TrackedStack | undefined): boolean {
  return nested?.open === true && nested.status !== ''
}

/** Ms until the first of these resources may come to its end, or is worth another look. */
function untilNextEnd(resources: readonly RunningResource[], now: number): number {
  const ends = resources.map(resource => {
    const overdue = overdueSeconds(resource, now)
    if (overdue !== undefined) return overduePart * overdue * 1000
    return resource.beganAt + nextEndSeconds(resource, now) * 1000 - now
  })
  return Math.min(...ends)
}

/** For how long the one has run that began last, when all should have ended long ago; else 0. */
function overdueMs(resources: readonly RunningResource[], now: number): number {
  return 1000 * Math.min(...resources.map(resource => overdueSeconds(resource, now) ?? 0))
}

/** What is at work is the last of the operation, and has had most of the time that it typically takes. */
function mayEnd(all: ReadonlyMap<string, TrackedStack>, now: number): boolean {
  const stacks = [...all.values()]
  if (!isLastPhase(stacks)) return false
  const resources = stacks.filter(({open}) => open).flatMap(({running}) => [...running.values()])
  return resources.every(
    resource => resource.type === stackType || now - resource.beganAt >= longestSeconds(resource) * 1000,
  )
}

/**
 * Nothing comes after what is open now: nobody waits for the end of the others. Of nested stacks one is left, and all
 * that there will be have begun, or it is the one that is deleted last.
 */
function isLastPhase(stacks: readonly TrackedStack[]): boolean {
  const nested = stacks.filter(({parentId}) => parentId !== undefined)
  if (nested.length === 0) return true
  const [left, another] = nested.filter(({open}) => open)
  if (left === undefined || another !== undefined) return false
  if (operationOf(left.status) !== 'delete') return nested.length >= childStacks.length
  return left.logicalId === childStacks[0]?.logicalId
}
