import type {Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'
import {addressText, parseCidr} from './cidr.js'
import {ec2Failure} from './failures.js'
import {record, text} from './values.js'

/** The next free private address of a subnet. @throws ResourceFailure when the subnet does not exist. */
export function nextPrivateAddress(world: World, region: Region, subnetId: string): string {
  const subnet = subnetOf(world, region, subnetId)
  const range = parseCidr(text(subnet.attributes.CidrBlock) ?? '') ?? {first: 0}
  const used = Number(record(subnet.data).addresses ?? 0)
  subnet.data.addresses = used + 1
  return addressText(range.first + reservedAddresses + used)
}

/** The first four addresses of a subnet belong to AWS. Source: VPC user guide, "Subnet CIDR blocks". */
export const reservedAddresses = 4

/** The subnet with an id. @throws ResourceFailure when it does not exist. */
export function subnetOf(world: World, region: Region, id: string): Resource {
  const subnet = world.resource(region, 'AWS::EC2::Subnet', id)
  if (!subnet) throw ec2Failure(world, `The subnet ID '${id}' does not exist`, 'InvalidSubnetID.NotFound')
  return subnet
}
