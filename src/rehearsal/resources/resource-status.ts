import type {Region, Resource} from '../account/account.js'

/** What the stack that owns a resource is doing with it; undefined for what belongs to none. */
export function resourceStatusOf(region: Region, {owner}: Resource): string | undefined {
  return owner && region.stacks[owner.stackId]?.resources[owner.logicalId]?.status
}
