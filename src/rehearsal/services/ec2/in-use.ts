import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {mentions} from '../../resources/mentions.js'
import {isDefaultGroup} from './default-group.js'

/** Types that put network interfaces into subnets, under security groups. */
const interfaceOwners: readonly string[] = [
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::EC2::Instance',
  'AWS::EC2::InstanceConnectEndpoint',
  'AWS::EC2::NetworkInterface',
  'AWS::EC2::NatGateway',
  'AWS::EC2::VPCEndpoint',
  'AWS::EFS::MountTarget',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::Lambda::Function',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBProxy',
  'AWS::ECS::Service',
]

const ruleOwners: readonly string[] = [
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SecurityGroupEgress',
]

/** Types that are in a VPC by their `VpcId` and keep it from being deleted. */
const vpcContent: readonly string[] = [
  'AWS::EC2::Subnet',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::RouteTable',
  'AWS::EC2::NetworkAcl',
]

/** Something with a network interface in this subnet or under this security group, if there is any. */
export function networkUserOf(world: World, region: Region, id: string): Resource | undefined {
  return resourcesOfAny(world, region, interfaceOwners).find(
    resource => resource.physicalId !== id && mentions(resource.properties, id),
  )
}

/** What keeps a security group: an interface under it, or a rule of another group that names it. */
export function securityGroupUserOf(world: World, region: Region, groupId: string): Resource | undefined {
  return (
    networkUserOf(world, region, groupId) ??
    resourcesOfAny(world, region, ruleOwners).find(
      ({physicalId, properties}) =>
        physicalId !== groupId && properties.GroupId !== groupId && mentions(properties, groupId),
    )
  )
}

/** Something that is in the VPC, if there is any, beside what it brought along. */
export function vpcUserOf(world: World, region: Region, vpcId: string): Resource | undefined {
  return resourcesOfAny(world, region, vpcContent).find(
    resource => resource.properties.VpcId === vpcId && !isDefaultGroup(resource),
  )
}

/** A NAT gateway or a load balancer with public addresses in the VPC, if there is any. */
export function publicAddressIn(world: World, region: Region, vpcId: string): Resource | undefined {
  const subnets = world
    .resourcesOf(region, 'AWS::EC2::Subnet')
    .filter(({properties: {VpcId}}) => VpcId === vpcId)
    .map(({physicalId}) => physicalId)
  return resourcesOfAny(world, region, [
    'AWS::EC2::NatGateway',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ]).find(
    ({properties}) =>
      properties.Scheme !== 'internal' &&
      properties.ConnectivityType !== 'private' &&
      subnets.some(id => mentions(properties, id)),
  )
}

function resourcesOfAny(world: World, region: Region, types: readonly string[]): Resource[] {
  return types.flatMap(type => world.resourcesOf(region, type))
}
