import type {Region, Resource} from '../../account/account.js'
import {quotas} from '../../account/quotas.js'
import type {World} from '../../account/world.js'
import {hasRoom, quotaValue} from '../../faults/quota-value.js'
import {ec2Failure, serviceFailure} from '../../resources/failures.js'
import {nextPrivateAddress, subnetOf} from '../../resources/private-addresses.js'
import type {ResourceProvider} from '../../resources/resource-provider.js'
import {text} from '../../resources/values.js'
import {holderOfAddress} from './elastic-ips.js'
import {rememberGateway} from './nat-gateways.js'
import {vpcOf} from './vpc-providers.js'

/** Ranges that RFC 5737 keeps for documentation: no address here may be somebody's. */
const documentationRanges = ['203.0.113', '198.51.100', '192.0.2']

/** Addresses, NAT gateways and routes. */
export const routingProviders: readonly ResourceProvider[] = [
  {
    type: 'AWS::EC2::EIP',
    create({world, region}) {
      const used = world.resourcesOf(region, 'AWS::EC2::EIP').length
      if (!hasRoom(world.account, quotas.elasticIps, used)) {
        throw serviceFailure(world, 'Ec2', 'The maximum number of addresses has been reached.')
      }
      const physicalId = publicAddress(world, region)
      return {
        physicalId,
        attributes: {AllocationId: `eipalloc-${world.newHex(17)}`, PublicIp: physicalId},
      }
    },
    // CloudFormation takes an address away from its holder first, which nobody may do to an interface of a service.
    // Source: aws-cloudformation/cloudformation-coverage-roadmap, issue 831.
    blocksDeletion: (address, {world, region}) =>
      holderOfAddress(world, region, address) &&
      'API: ec2:disassociateAddress You do not have permission to access the specified resource.',
  },
  {
    type: 'AWS::EC2::NatGateway',
    create({world, region, properties}) {
      const subnetId = text(properties.SubnetId) ?? ''
      const subnet = subnetOf(world, region, subnetId)
      const allocationId = text(properties.AllocationId)
      const address = world
        .resourcesOf(region, 'AWS::EC2::EIP')
        .find(({attributes: {AllocationId}}) => AllocationId === allocationId)
      if (allocationId !== undefined && !address) {
        throw ec2Failure(
          world,
          `Elastic IP address [${allocationId}] does not exist`,
          'InvalidAllocationID.NotFound',
        )
      }
      if (!hasRoom(world.account, quotas.natGateways, gatewaysBeside(world, region, subnet))) {
        throw serviceFailure(
          world,
          'Ec2',
          `Performing this operation would exceed the limit of ${quotaValue(world.account, quotas.natGateways)} NAT gateways`,
          {code: 'ServiceLimitExceeded'},
        )
      }
      const physicalId = `nat-${world.newHex(17)}`
      return {
        physicalId,
        attributes: {NatGatewayId: physicalId, EniId: `eni-${world.newHex(17)}`, RouteTableId: ''},
        data: {
          vpcId: subnet.attributes.VpcId,
          publicIp: address?.physicalId,
          privateIp: nextPrivateAddress(world, region, subnetId),
        },
      }
    },
    deleted: (gateway, {world, region}) => rememberGateway(world, region, gateway),
  },
  {
    type: 'AWS::EC2::RouteTable',
    create(request) {
      vpcOf(request)
      const physicalId = `rtb-${request.world.newHex(17)}`
      return {physicalId, attributes: {RouteTableId: physicalId}}
    },
  },
  {
    type: 'AWS::EC2::Route',
    create({world, region, properties}) {
      const tableId = text(properties.RouteTableId) ?? ''
      if (!world.resource(region, 'AWS::EC2::RouteTable', tableId)) {
        throw ec2Failure(
          world,
          `The routeTable ID '${tableId}' does not exist`,
          'InvalidRouteTableID.NotFound',
        )
      }
      const destination =
        text(properties.DestinationCidrBlock) ??
        text(properties.DestinationIpv6CidrBlock) ??
        text(properties.DestinationPrefixListId) ??
        ''
      const physicalId = `${tableId}|${destination}`
      if (world.resource(region, 'AWS::EC2::Route', physicalId)) {
        throw ec2Failure(
          world,
          `The route identified by ${destination} already exists.`,
          'RouteAlreadyExists',
        )
      }
      return {physicalId, attributes: {CidrBlock: destination}}
    },
  },
  {
    type: 'AWS::EC2::SubnetRouteTableAssociation',
    create({world, region, properties}) {
      subnetOf(world, region, text(properties.SubnetId) ?? '')
      const physicalId = `rtbassoc-${world.newHex(17)}`
      return {physicalId, attributes: {Id: physicalId}}
    },
  },
]

/** How many NAT gateways there are in a subnet's availability zone, those that are being deleted included. */
function gatewaysBeside(world: World, region: Region, {attributes: {AvailabilityZone}}: Resource): number {
  return world
    .resourcesOf(region, 'AWS::EC2::NatGateway')
    .map(({properties: {SubnetId}}) => world.resource(region, 'AWS::EC2::Subnet', text(SubnetId) ?? ''))
    .filter(subnet => subnet?.attributes.AvailabilityZone === AvailabilityZone).length
}

/** An address that no other Elastic IP of the region has. */
function publicAddress(world: World, region: Region): string {
  for (;;) {
    const hex = world.newHex(4)
    const range = documentationRanges[Number.parseInt(hex.slice(0, 2), 16) % documentationRanges.length]
    const address = `${range}.${1 + (Number.parseInt(hex.slice(2), 16) % 254)}`
    if (!world.resource(region, 'AWS::EC2::EIP', address)) return address
  }
}
