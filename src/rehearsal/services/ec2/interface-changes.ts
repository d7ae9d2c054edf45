import type {World} from '../../account/world.js'
import {nextPrivateAddress} from '../../resources/private-addresses.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {interfaceEntry} from './interface-operations.js'
import {freeInterfaceType, networkInterfaces} from './network-interfaces.js'

/** Network interfaces that somebody makes and takes away by hand. Source: EC2 API reference. */
export function interfaceChanges(world: World) {
  return {
    CreateNetworkInterface({SubnetId = '', Description = '', Groups = [], TagSpecifications = []}, call) {
      const region = world.region(call.region)
      if (!world.resource(region, 'AWS::EC2::Subnet', SubnetId)) {
        throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${SubnetId}' does not exist`)
      }
      const unknown = Groups.find(id => !world.resource(region, 'AWS::EC2::SecurityGroup', id))
      if (unknown !== undefined) {
        throw new AwsError('InvalidGroup.NotFound', `The security group '${unknown}' does not exist`)
      }
      const id = `eni-${world.newHex(17)}`
      const tags = TagSpecifications.flatMap(({Tags = []}) =>
        Tags.map(({Key = '', Value = ''}) => [Key, Value]),
      )
      world.put(region, {
        type: freeInterfaceType,
        physicalId: id,
        properties: {SubnetId, Description, GroupSet: Groups},
        attributes: {PrimaryPrivateIpAddress: nextPrivateAddress(world, region, SubnetId)},
        tags: Object.fromEntries(tags),
        createdAt: world.now,
        data: {},
      })
      const made = networkInterfaces(world, region).find(each => each.id === id)
      return {NetworkInterface: made && interfaceEntry(world, region, made)}
    },

    DeleteNetworkInterface({NetworkInterfaceId: id = ''}, call) {
      const region = world.region(call.region)
      const found = networkInterfaces(world, region).find(each => each.id === id)
      if (!found) {
        throw new AwsError(
          'InvalidNetworkInterfaceID.NotFound',
          `The networkInterface ID '${id}' does not exist`,
        )
      }
      const own = world.resource(region, freeInterfaceType, id)
      if (!own) throw new AwsError('InvalidParameterValue', `Network interface '${id}' is currently in use.`)
      world.remove(region, own)
    },
  } satisfies Operations<'ec2'>
}
