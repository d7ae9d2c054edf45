import type {Region} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {text} from '../../resources/values.js'

/**
 * The address by which the internet knows what is in a subnet without public addresses: that of the NAT gateway
 * that the subnet's default route leads to; undefined when it leads to none.
 * Source: Amazon VPC user guide, "NAT gateways".
 */
export function publicAddressOf(world: World, region: Region, subnetId: string): string | undefined {
  const table = world
    .resourcesOf(region, 'AWS::EC2::SubnetRouteTableAssociation')
    .find(({properties}) => properties.SubnetId === subnetId)?.properties.RouteTableId
  const gateway = world
    .resourcesOf(region, 'AWS::EC2::Route')
    .find(
      ({properties}) => properties.RouteTableId === table && properties.DestinationCidrBlock === '0.0.0.0/0',
    )?.properties.NatGatewayId
  const allocation = world.resource(region, 'AWS::EC2::NatGateway', text(gateway) ?? '')?.properties
    .AllocationId
  const address = world
    .resourcesOf(region, 'AWS::EC2::EIP')
    .find(({attributes}) => attributes.AllocationId === allocation && allocation !== undefined)
  return text(address?.attributes.PublicIp)
}
