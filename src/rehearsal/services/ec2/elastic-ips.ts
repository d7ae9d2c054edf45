import type {Region, Resource} from '../../account/account.js'
import {hexId} from '../../account/random.js'
import type {World} from '../../account/world.js'
import {type NetworkInterface, networkInterfaces} from './network-interfaces.js'

/** The interface that holds an Elastic IP, if one does. */
export function holderOfAddress(
  world: World,
  region: Region,
  {attributes: {AllocationId}}: Resource,
): NetworkInterface | undefined {
  return networkInterfaces(world, region).find(({allocationId}) => allocationId === AllocationId)
}

/** The id under which an interface holds its Elastic IP; an address that is AWS's own has none. */
export function associationId(
  world: World,
  {id, allocationId}: {id: string; allocationId?: string},
): string | undefined {
  return allocationId && `eipassoc-${hexId(world.account.seed, 17, 'eipassoc', id, allocationId)}`
}
