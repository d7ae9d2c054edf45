import type {Stack, StackEvent, StackResource} from '../account/stack.js'
import type {World} from '../account/world.js'
import {activeFault} from '../faults/schedule.js'
import {fits} from '../faults/values.js'

/** CloudFormation's reads lag behind its work for a moment, up to this many seconds. */
export const maxLagSeconds = 2

/**
 * How long it takes until readers see what a stack did, in milliseconds: each stack has its own lag, by the seed, unless
 * a fault says how old reads are.
 */
function lagMs(world: World, stack: Stack): number {
  const [, , , region] = stack.id.split(':')
  const stale = activeFault(world, 'stale', region, ({where}) => fits(where, stack.name))
  if (stale?.options.by !== undefined) return stale.options.by
  return maxLagSeconds * 1000 * world.chance(stack.name, 'lag')
}

/** How many of a stack's events, oldest first, readers see by now. The first of an operation is there at once. */
export function seenEvents(world: World, stack: Stack): number {
  const {events} = stack
  const last = events.at(-1)
  const mostMs = world.account.faults?.length ? lagMs(world, stack) : maxLagSeconds * 1000
  if (!last || world.now - last.at > mostMs) return events.length
  const until = world.now - lagMs(world, stack)
  let seen = events.length
  while (seen > 0 && isLate(stack, events[seen - 1] as StackEvent, until)) seen -= 1
  return seen
}

/**
 * The stack as readers see it: an operation's begin at once, what comes of it a moment later, so that nobody takes the
 * end of the operation before for the end of this one.
 */
export function seenStack(world: World, stack: Stack): Stack {
  const seen = seenEvents(world, stack)
  if (seen === stack.events.length) return stack
  const told = stack.events.slice(seen).find(({physicalId}) => physicalId === stack.id)
  if (!told) return stack
  for (let index = seen - 1; index >= 0; index -= 1) {
    const event = stack.events[index] as StackEvent
    if (event.physicalId === stack.id) return {...stack, status: event.status, statusReason: event.reason}
  }
  return stack
}

/** A stack's resources as readers see them: what is new appears, and what changed changes, a moment later. */
export function seenResources(world: World, stack: Stack): StackResource[] {
  const seen = seenEvents(world, stack)
  const resources = Object.values(stack.resources)
  const late = new Set(stack.events.slice(seen).map(({logicalId}) => logicalId))
  if (late.size === 0) return resources
  return resources.flatMap(stackResource => {
    if (!late.has(stackResource.logicalId)) return [stackResource]
    const event = stack.events
      .slice(0, seen)
      .findLast(
        ({logicalId, physicalId}) => logicalId === stackResource.logicalId && isOf(stackResource, physicalId),
      )
    if (!event) return []
    const {status, reason, physicalId, at: updatedAt} = event
    return [{...stackResource, status, reason, physicalId, updatedAt}]
  })
}

/** Whether an event with this physical id speaks of the resource, and not of a resource that it replaced. */
function isOf(stackResource: StackResource, physicalId: string): boolean {
  return physicalId === stackResource.physicalId || physicalId === ''
}

function isLate(stack: Stack, {at, operationId, physicalId}: StackEvent, until: number): boolean {
  if (at <= until) return false
  const startedAt = stack.lastOperations.find(({id}) => id === operationId)?.startedAt
  return !(physicalId === stack.id && at === startedAt)
}
