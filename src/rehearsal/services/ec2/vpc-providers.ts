import type {Resource} from '../../account/account.js'
import {quotas} from '../../account/quotas.js'
import {hasRoom} from '../../faults/quota-value.js'
import {contains, overlaps, parseCidr} from '../../resources/cidr.js'
import {ec2Failure, serviceFailure} from '../../resources/failures.js'
import {availabilityZones, zoneId} from '../../resources/names.js'
import type {ProviderRequest, ResourceProvider} from '../../resources/resource-provider.js'
import {text} from '../../resources/values.js'
import {defaultGroupOf, makeDefaultGroup} from './default-group.js'
import {networkUserOf, publicAddressIn, vpcUserOf} from './in-use.js'

/** VPC, subnet and internet gateway with its attachment. */
export const vpcProviders: readonly ResourceProvider[] = [
  {
    type: 'AWS::EC2::VPC',
    create({world, region, properties}) {
      if (!hasRoom(world.account, quotas.vpcs, world.resourcesOf(region, 'AWS::EC2::VPC').length)) {
        throw serviceFailure(world, 'Ec2', 'The maximum number of VPCs has been reached.')
      }
      const cidrBlock = text(properties.CidrBlock) ?? ''
      const cidr = parseCidr(cidrBlock)
      if (!cidr || cidr.prefix < 16 || cidr.prefix > 28) {
        throw ec2Failure(world, `The CIDR '${cidrBlock}' is invalid.`, 'InvalidVpc.Range')
      }
      const physicalId = `vpc-${world.newHex(17)}`
      return {
        physicalId,
        attributes: {
          VpcId: physicalId,
          CidrBlock: cidrBlock,
          CidrBlockAssociations: [`vpc-cidr-assoc-${world.newHex(17)}`],
          DefaultNetworkAcl: `acl-${world.newHex(17)}`,
          DefaultSecurityGroup: makeDefaultGroup(world, region, physicalId).physicalId,
          Ipv6CidrBlocks: [],
        },
      }
    },
    blocksDeletion: ({physicalId}, {world, region}) =>
      vpcUserOf(world, region, physicalId) &&
      ec2Failure(
        world,
        `The vpc '${physicalId}' has dependencies and cannot be deleted.`,
        'DependencyViolation',
      ).message,
    deleted({physicalId}, {world, region}) {
      const group = defaultGroupOf(world, region, physicalId)
      if (group) world.remove(region, group)
    },
  },
  {
    type: 'AWS::EC2::Subnet',
    create(request) {
      const {world, region, properties} = request
      const vpc = vpcOf(request)
      const cidrBlock = subnetRange(request, vpc)
      const zone = text(properties.AvailabilityZone) ?? availabilityZones(region.name)[0] ?? ''
      if (!availabilityZones(region.name).includes(zone)) {
        throw ec2Failure(
          world,
          `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${availabilityZones(region.name).join(', ')}.`,
          'InvalidParameterValue',
        )
      }
      const physicalId = `subnet-${world.newHex(17)}`
      return {
        physicalId,
        attributes: {
          SubnetId: physicalId,
          VpcId: vpc.physicalId,
          CidrBlock: cidrBlock,
          AvailabilityZone: zone,
          AvailabilityZoneId: zoneId(zone),
          Ipv6CidrBlocks: [],
          NetworkAclAssociationId: `aclassoc-${world.newHex(17)}`,
          OutpostArn: '',
        },
        data: {addresses: 0},
      }
    },
    blocksDeletion: ({physicalId}, {world, region}) =>
      networkUserOf(world, region, physicalId) &&
      ec2Failure(
        world,
        `The subnet '${physicalId}' has dependencies and cannot be deleted.`,
        'DependencyViolation',
      ).message,
  },
  {
    type: 'AWS::EC2::InternetGateway',
    create({world, region}) {
      const used = world.resourcesOf(region, 'AWS::EC2::InternetGateway').length
      if (!hasRoom(world.account, quotas.internetGateways, used)) {
        throw serviceFailure(world, 'Ec2', 'The maximum number of internet gateways has been reached.', {
          code: 'ServiceLimitExceeded',
        })
      }
      const physicalId = `igw-${world.newHex(17)}`
      return {physicalId, attributes: {InternetGatewayId: physicalId}}
    },
  },
  {
    type: 'AWS::EC2::VPCGatewayAttachment',
    create(request) {
      const vpc = vpcOf(request)
      return {physicalId: `IGW|${vpc.physicalId}`, attributes: {AttachmentType: 'IGW'}}
    },
    blocksDeletion({properties}, {world, region}) {
      const vpcId = text(properties.VpcId) ?? ''
      return (
        publicAddressIn(world, region, vpcId) &&
        ec2Failure(
          world,
          `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
          'DependencyViolation',
        ).message
      )
    },
  },
]

/** The VPC that a resource names. @throws ResourceFailure when it does not exist. */
export function vpcOf({world, region, properties}: ProviderRequest): Resource {
  const id = text(properties.VpcId) ?? ''
  const vpc = world.resource(region, 'AWS::EC2::VPC', id)
  if (!vpc) throw ec2Failure(world, `The vpc ID '${id}' does not exist`, 'InvalidVpcID.NotFound')
  return vpc
}

function subnetRange({world, region, properties}: ProviderRequest, vpc: Resource): string {
  const cidrBlock = text(properties.CidrBlock) ?? ''
  const range = parseCidr(cidrBlock)
  const whole = parseCidr(text(vpc.properties.CidrBlock) ?? '')
  if (!range || range.prefix > 28 || !whole || !contains(whole, range)) {
    throw ec2Failure(world, `The CIDR '${cidrBlock}' is invalid.`, 'InvalidSubnet.Range')
  }
  const taken = world
    .resourcesOf(region, 'AWS::EC2::Subnet')
    .filter(({properties: {VpcId}}) => VpcId === vpc.physicalId)
    .map(({properties: {CidrBlock}}) => parseCidr(text(CidrBlock) ?? ''))
  if (taken.some(other => other && overlaps(other, range))) {
    throw ec2Failure(world, `The CIDR '${cidrBlock}' conflicts with another subnet`, 'InvalidSubnet.Conflict')
  }
  return cidrBlock
}
