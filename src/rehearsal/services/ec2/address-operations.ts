import type {World} from '../../account/world.js'
import {text} from '../../resources/values.js'
import type {Operations} from '../../wire/operations.js'
import {associationId, holderOfAddress} from './elastic-ips.js'
import {filtered, selected, tagList} from './filters.js'

/** Elastic IPs, and which interfaces hold them. */
export function addressOperations(world: World) {
  return {
    DescribeAddresses(input, call) {
      const region = world.region(call.region)
      const byId = selected(
        world.resourcesOf(region, 'AWS::EC2::EIP'),
        input.AllocationIds,
        ({attributes}) => text(attributes.AllocationId),
        {
          code: 'InvalidAllocationID.NotFound',
          message: id => `The allocation ID '${id}' does not exist`,
        },
      )
      const wanted = selected(byId, input.PublicIps, ({physicalId}) => physicalId, {
        code: 'InvalidAddress.NotFound',
        message: id => `Address '${id}' not found.`,
      })
      const addresses = wanted.map(address => {
        const holder = holderOfAddress(world, region, address)
        return {
          PublicIp: address.physicalId,
          AllocationId: text(address.attributes.AllocationId),
          Domain: 'vpc' as const,
          ...(holder && {
            AssociationId: associationId(world, holder),
            NetworkInterfaceId: holder.id,
            NetworkInterfaceOwnerId: world.account.id,
            PrivateIpAddress: holder.privateIp,
          }),
          PublicIpv4Pool: 'amazon',
          NetworkBorderGroup: call.region,
          tags: address.tags,
        }
      })
      const found = filtered(addresses, input.Filters, each => ({
        'public-ip': each.PublicIp,
        'allocation-id': each.AllocationId,
        'association-id': each.AssociationId,
        'network-interface-id': each.NetworkInterfaceId,
        'network-interface-owner-id': each.NetworkInterfaceOwnerId,
        'private-ip-address': each.PrivateIpAddress,
        'network-border-group': each.NetworkBorderGroup,
        domain: each.Domain,
        tags: each.tags,
      }))
      return {Addresses: found.map(({tags, ...each}) => ({...each, Tags: tagList(tags)}))}
    },
  } satisfies Operations<'ec2'>
}
