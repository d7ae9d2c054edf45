import {imageBuildSeconds, serviceSeconds, typicalSeconds} from '../durations.js'
import {childStacks} from '../environment/stacks.js'
import {isCleaningUp, isDeleted, operationOf} from './stack-status.js'
import type {RunningResource, TrackedStack} from './tracked-stack.js'

/** Whoever looks so often sees every event within 6 s, jitter included. */
const steadyMs = 5_100
/** The end of what somebody waits for is seen within 2 s, jitter included. */
const closeMs = 1_700
/** A stack whose nested stacks are all at work, and looked at themselves, has nothing to tell. */
const guardMs = 30_000
/** A parent begins the next nested stack within seconds after a resource has come to its end. */
const turnMs = 5_000
/** A resource seldom takes less than this part of its typical time. */
const shortestPart = 0.85

const stackType = 'AWS::CloudFormation::Stack'
/**
 * What the table of durations leaves to the properties of a resource. The services that end last are the registry, which is
 * made after all that it calls, and Keycloak: both are behind a load balancer. For images the usual case.
 */
const shortCases: Readonly<Record<string, number>> = {
  'AWS::ECS::Service': serviceSeconds.loadBalanced,
  'Custom::ContainerImages': imageBuildSeconds.source,
}

/**
 * How long to leave a stack alone, in ms, after it was looked at: the nearer an end may be, the shorter.
 *
 * A look costs one of few calls (DescribeStackEvents has no filter and AWS's rate is shared by everybody in the
 * account), so that it goes where something can happen: a stack in which nothing is at work is about to begin
 * something or to end; one whose resources have all run for most of their typical time may end at any moment.
 *
 * @param all every stack that is followed, by id
 * @param now epoch ms of the local clock
 * @param isLast the end of these stacks is what somebody waits for, and not only what the next stack waits for
 */
export function pollInterval(
  stack: TrackedStack,
  all: ReadonlyMap<string, TrackedStack>,
  {now, isLast}: {now: number; isLast: boolean},
): number {
  const resources = [...stack.running.values()]
  if (resources.length === 0) return isWaiting(stack) ? steadyMs : closeMs
  const nested = resources.filter(({type}) => type === stackType)
  const isTurning = nested.some(resource => !isAtWork(all.get(resource.physicalId)))
  if (isTurning) return closeMs
  if (nested.length === resources.length) return now - stack.turnedAt < turnMs ? closeMs : guardMs
  return isLast && mayEnd(all, now) ? closeMs : steadyMs
}

/** A nested stack that has told nothing yet, or waits in its clean-up until all its siblings are done. */
function isWaiting({parentId, status}: TrackedStack): boolean {
  return parentId !== undefined && (status === '' || isCleaningUp(status))
}

/** Of a nested stack that has told nothing, or has come to its end, its parent tells what comes next. */
function isAtWork(nested: TrackedStack | undefined): boolean {
  return nested?.open === true && nested.status !== ''
}

/** What is at work is the last of the operation, and has had most of the time that it typically takes. */
function mayEnd(all: ReadonlyMap<string, TrackedStack>, now: number): boolean {
  const stacks = [...all.values()]
  if (!isLastPhase(stacks)) return false
  const resources = stacks.filter(({open}) => open).flatMap(({running}) => [...running.values()])
  return resources.every(
    resource => resource.type === stackType || now - resource.beganAt >= shortestSeconds(resource) * 1000,
  )
}

/**
 * Nothing comes after what is open now: nobody waits for the end of the others. Of nested stacks one is left, and all
 * that there will be have begun, or are gone where it is a deletion.
 */
function isLastPhase(stacks: readonly TrackedStack[]): boolean {
  const nested = stacks.filter(({parentId}) => parentId !== undefined)
  if (nested.length === 0) return true
  const [left, another] = nested.filter(({open}) => open)
  if (left === undefined || another !== undefined) return false
  if (operationOf(left.status) !== 'delete') return nested.length >= childStacks.length
  return nested.every(stack => stack === left || isDeleted(stack.status))
}

function shortestSeconds({type, status}: RunningResource): number {
  const operation = operationOf(status)
  const typical = operation === 'create' ? shortCases[type] : undefined
  const seconds = typicalSeconds(type)
  return shortestPart * (typical ?? (operation === 'review' ? seconds.create : seconds[operation]))
}
