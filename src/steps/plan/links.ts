import {stackSeconds} from '../../durations.js'
import type {Link} from './longest-path.js'
import type {PlannedResource, PlannedStack} from './planned-stacks.js'

/** A resource on the way, or the part of a stack's resource before its first or after its last resource. */
export interface TimedLink extends Link {
  /** The stack whose event it is; of a nested stack's resource its parent. */
  readonly stack: PlannedStack
  readonly logicalId: string
  readonly type: string
  /** Missing for the parts of a stack's resource. */
  readonly resource?: PlannedResource
}

/** What of a creation or a deletion is its own. */
export interface Direction {
  /** From a stack's first event to that of its first resource, in seconds. */
  secondsBefore(stack: PlannedStack): number
  /** Of a resource that is no stack, from its first event to its last. */
  secondsOf(resource: PlannedResource, stack: PlannedStack): number
  /** Keys of what must have ended before a root begins. */
  afterRoots(stack: PlannedStack, all: readonly PlannedStack[]): readonly string[]
  /** Keys of what must have ended before a resource begins, a nested stack's too; in the same stack. */
  afterResources(stack: PlannedStack, logicalId: string, all: readonly PlannedStack[]): readonly string[]
}

/**
 * What an operation on these stacks consists of, each link with what it waits for.
 * @param stacks in the order of the operation
 * @param serial one stack after another, for comparison
 */
export function linksOf(
  stacks: readonly PlannedStack[],
  direction: Direction,
  {serial}: {serial: boolean},
): readonly TimedLink[] {
  return stacks.flatMap((stack, index) =>
    linksOfStack(stack, stacks, direction, serial ? stackBefore(stacks, index) : []),
  )
}

function linksOfStack(
  stack: PlannedStack,
  all: readonly PlannedStack[],
  direction: Direction,
  further: readonly string[],
): TimedLink[] {
  const {label, resources} = stack
  const parent = all.find(candidate => candidate.label === stack.parent)
  const ofStack = {stack: parent ?? stack, logicalId: stack.logicalId, type: 'AWS::CloudFormation::Stack'}
  const waits =
    parent === undefined
      ? direction.afterRoots(stack, all)
      : [beginOf(parent.label), ...direction.afterResources(parent, stack.logicalId, all)]
  // A nested stack whose template nobody has here is a resource like any other.
  const inside = resources.filter(({logicalId}) => childOf(stack, logicalId, all) === undefined)
  return [
    {
      ...ofStack,
      key: beginOf(label),
      seconds: direction.secondsBefore(stack),
      needs: [...waits, ...further],
    },
    ...inside.map(resource => ({
      stack,
      resource,
      logicalId: resource.logicalId,
      type: resource.declaration.type,
      key: keyIn(stack, resource.logicalId),
      seconds: direction.secondsOf(resource, stack),
      needs: [beginOf(label), ...direction.afterResources(stack, resource.logicalId, all)],
    })),
    {
      ...ofStack,
      key: endOf(label),
      seconds: secondsUntilNoticed(stack),
      needs: [beginOf(label), ...resources.map(({logicalId}) => ended(stack, logicalId, all))],
    },
  ]
}

/** The keys of a timeline's links. A stack's resource frames what is in the stack: it begins before and ends after it. */

export function beginOf(label: string): string {
  return `${label}/`
}

export function endOf(label: string): string {
  return `${label}//`
}

function keyIn({label}: PlannedStack, logicalId: string): string {
  return `${label}/${logicalId}`
}

/** The link whose end is the end of a resource, which may be a nested stack. */
export function ended(stack: PlannedStack, logicalId: string, all: readonly PlannedStack[]): string {
  const nested = childOf(stack, logicalId, all)
  return nested === undefined ? keyIn(stack, logicalId) : endOf(nested.label)
}

/** The stack that a resource stands for; undefined for any other resource. */
function childOf(
  {label}: PlannedStack,
  logicalId: string,
  all: readonly PlannedStack[],
): PlannedStack | undefined {
  return all.find(child => child.parent === label && child.logicalId === logicalId)
}

/** The end of the stack before, of those that have the same parent. */
function stackBefore(stacks: readonly PlannedStack[], index: number): string[] {
  const parent = stacks[index]?.parent
  const previous = stacks.slice(0, index).findLast(candidate => candidate.parent === parent)
  return previous === undefined ? [] : [endOf(previous.label)]
}

/** From a stack's end until it is noticed, by its parent or by who follows it, in seconds. */
function secondsUntilNoticed({parent}: PlannedStack): number {
  const {noticed, seen} = stackSeconds
  return parent === undefined ? seen : (noticed.least + noticed.most) / 2
}
