import type {Region} from '../account/account.js'
import type {World} from '../account/world.js'
import {text} from './values.js'

/** AWS keeps the first four addresses of a subnet for itself. */
const reservedAddresses = 4

/** A private address of the subnet that no running task has; `owner` decides where the search begins. */
export function freeAddress(world: World, region: Region, subnetId: string, owner: string): string {
  const taken = Object.values(region.tasks)
    .filter(task => task.lastStatus !== 'STOPPED')
    .map(task => task.privateIp)
  return addressIn(world, region, subnetId, owner, new Set(taken))
}

/** A private address of the subnet that is not taken; `owner` decides where the search begins. */
export function addressIn(
  world: World,
  region: Region,
  subnetId: string,
  owner: string,
  taken: ReadonlySet<string>,
): string {
  const block =
    text(world.resource(region, 'AWS::EC2::Subnet', subnetId)?.properties.CidrBlock) ?? '10.0.0.0/16'
  const [network = '10.0.0.0', prefix = '16'] = block.split('/')
  const size = 2 ** (32 - Number(prefix))
  const base = network.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const room = Math.max(1, size - reservedAddresses - 1)
  const first = Math.floor(world.chance('address', subnetId, owner) * room)
  for (let step = 0; step < room; step += 1) {
    const address = dotted(base + reservedAddresses + ((first + step) % room))
    if (!taken.has(address)) return address
  }
  return dotted(base + reservedAddresses)
}

/** The subnet's availability zone. */
export function zoneOf(world: World, region: Region, subnetId: string): string {
  return (
    text(world.resource(region, 'AWS::EC2::Subnet', subnetId)?.properties.AvailabilityZone) ??
    `${region.name}a`
  )
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.')
}
