import type {Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'
import {goingOf, isSettling} from './going.js'

/**
 * What is being done with a resource, in the words of stacks: by its service, or by the stack that owns it; undefined for
 * what belongs to none and is left alone.
 */
export function resourceStatusOf(world: World, region: Region, resource: Resource): string | undefined {
  if (goingOf(resource)) return 'DELETE_IN_PROGRESS'
  if (isSettling(world, resource)) return 'CREATE_IN_PROGRESS'
  const {owner} = resource
  return owner && region.stacks[owner.stackId]?.resources[owner.logicalId]?.status
}

/** Whether a resource is on its way out, whoever deletes it. */
export function isBeingDeleted(world: World, region: Region, resource: Resource): boolean {
  return resourceStatusOf(world, region, resource) === 'DELETE_IN_PROGRESS'
}
