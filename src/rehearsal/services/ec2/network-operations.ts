import type {Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {madeAsDefault} from '../../faults/default-subnets.js'
import {parseCidr} from '../../resources/cidr.js'
import {flag, text, texts} from '../../resources/values.js'
import type {Operations} from '../../wire/operations.js'
import {defaultSubnets} from './default-subnets.js'
import {filtered, selected, tagList} from './filters.js'
import {natGatewayEntry, natGatewayState, natGateways} from './nat-gateways.js'
import {networkInterfaces} from './network-interfaces.js'
import {ec2Page} from './page.js'

/** The first four addresses of a subnet and its last one belong to AWS. */
const reservedAddresses = 5

/** VPCs, subnets, NAT gateways and internet gateways as the stack engine made them. */
export function networkOperations(world: World) {
  return {
    DescribeVpcs(input, call) {
      const all = world.resourcesOf(world.region(call.region), 'AWS::EC2::VPC')
      const wanted = selected(all, input.VpcIds, ({physicalId}) => physicalId, {
        code: 'InvalidVpcID.NotFound',
        message: id => `The vpc ID '${id}' does not exist`,
      })
      const found = filtered(wanted, input.Filters, ({physicalId, properties, tags}) => ({
        'vpc-id': physicalId,
        cidr: text(properties.CidrBlock),
        'cidr-block-association.cidr-block': text(properties.CidrBlock),
        state: 'available',
        'is-default': 'false',
        'owner-id': world.account.id,
        tags,
      }))
      const page = ec2Page(found, input)
      return {
        Vpcs: page.items.map(({physicalId, properties, attributes, tags}) => ({
          VpcId: physicalId,
          CidrBlock: text(properties.CidrBlock),
          CidrBlockAssociationSet: texts(attributes.CidrBlockAssociations).map(AssociationId => ({
            AssociationId,
            CidrBlock: text(properties.CidrBlock),
            CidrBlockState: {State: 'associated' as const},
          })),
          State: 'available' as const,
          IsDefault: false,
          InstanceTenancy: 'default' as const,
          OwnerId: world.account.id,
          Tags: tagList(tags),
        })),
        NextToken: page.next,
      }
    },

    DescribeSubnets(input, call) {
      const made = world.resourcesOf(world.region(call.region), 'AWS::EC2::Subnet')
      const all = [...made, ...defaultSubnets(world, call.region)]
      const wanted = selected(all, input.SubnetIds, ({physicalId}) => physicalId, {
        code: 'InvalidSubnetID.NotFound',
        message: id => `The subnet ID '${id}' does not exist`,
      })
      const found = filtered(wanted, input.Filters, ({physicalId, attributes, data, tags}) => ({
        'subnet-id': physicalId,
        'vpc-id': text(attributes.VpcId),
        'cidr-block': text(attributes.CidrBlock),
        'availability-zone': text(attributes.AvailabilityZone),
        'availability-zone-id': text(attributes.AvailabilityZoneId),
        state: 'available',
        'default-for-az': String(data[madeAsDefault] === true),
        'owner-id': world.account.id,
        tags,
      }))
      const page = ec2Page(found, input)
      const taken = networkInterfaces(world, world.region(call.region)).map(({subnetId}) => subnetId)
      return {
        Subnets: page.items.map(subnet => subnetEntry(world, call.region, subnet, taken)),
        NextToken: page.next,
      }
    },

    DescribeNatGateways(input, call) {
      const region = world.region(call.region)
      const all = natGateways(world, region)
      const wanted = selected(all, input.NatGatewayIds, ({physicalId}) => physicalId, {
        code: 'NatGatewayNotFound',
        message: id => `NatGateway ${id} was not found`,
      })
      const found = filtered(wanted, input.Filter, gateway => ({
        'nat-gateway-id': gateway.physicalId,
        'subnet-id': text(gateway.properties.SubnetId),
        'vpc-id': text(gateway.data.vpcId),
        state: natGatewayState(world, region, gateway),
        tags: gateway.tags,
      }))
      const page = ec2Page(found, input)
      return {
        NatGateways: page.items.map(gateway => natGatewayEntry(world, region, gateway)),
        NextToken: page.next,
      }
    },

    DescribeInternetGateways(input, call) {
      const region = world.region(call.region)
      const attachments = world.resourcesOf(region, 'AWS::EC2::VPCGatewayAttachment')
      const vpcOf = (id: string) =>
        text(attachments.find(({properties}) => properties.InternetGatewayId === id)?.properties.VpcId)
      const all = world.resourcesOf(region, 'AWS::EC2::InternetGateway')
      const wanted = selected(all, input.InternetGatewayIds, ({physicalId}) => physicalId, {
        code: 'InvalidInternetGatewayID.NotFound',
        message: id => `The internetGateway ID '${id}' does not exist`,
      })
      const found = filtered(wanted, input.Filters, ({physicalId, tags}) => ({
        'internet-gateway-id': physicalId,
        'attachment.vpc-id': vpcOf(physicalId),
        'owner-id': world.account.id,
        tags,
      }))
      const page = ec2Page(found, input)
      return {
        InternetGateways: page.items.map(({physicalId, tags}) => ({
          InternetGatewayId: physicalId,
          Attachments: vpcOf(physicalId)
            ? [{State: 'available' as 'attached', VpcId: vpcOf(physicalId)}]
            : [],
          OwnerId: world.account.id,
          Tags: tagList(tags),
        })),
        NextToken: page.next,
      }
    },
  } satisfies Operations<'ec2'>
}

function subnetEntry(
  world: World,
  region: string,
  {physicalId, properties, attributes, tags}: Resource,
  taken: readonly string[],
) {
  const range = parseCidr(text(attributes.CidrBlock) ?? '')
  const size = range ? range.last - range.first + 1 : 0
  return {
    SubnetId: physicalId,
    SubnetArn: `arn:aws:ec2:${region}:${world.account.id}:subnet/${physicalId}`,
    VpcId: text(attributes.VpcId),
    CidrBlock: text(attributes.CidrBlock),
    AvailabilityZone: text(attributes.AvailabilityZone),
    AvailabilityZoneId: text(attributes.AvailabilityZoneId),
    AvailableIpAddressCount: Math.max(
      0,
      size - reservedAddresses - taken.filter(subnetId => subnetId === physicalId).length,
    ),
    MapPublicIpOnLaunch: flag(properties.MapPublicIpOnLaunch) ?? false,
    DefaultForAz: false,
    State: 'available' as const,
    OwnerId: world.account.id,
    Tags: tagList(tags),
  }
}
