import type {Region, Resource, Task} from '../../account/account.js'
import {hexId, uuid} from '../../account/random.js'
import type {World} from '../../account/world.js'
import {serviceOf} from '../../resources/ecs-services.js'
import {addressIn, zoneOf} from '../../resources/subnet-addresses.js'
import {record, records, text, texts} from '../../resources/values.js'
import {loadBalancerType, subnetsOfLoadBalancer} from '../elbv2/target-groups.js'
import {defaultGroupOf} from './default-group.js'

/** A network interface. None is kept: each follows from the thing that it belongs to. */
export interface NetworkInterface {
  id: string
  description: string
  /** `interface`, `nat_gateway`, `vpc_endpoint`, `efs`, `lambda`. */
  type: string
  /** The AWS service that made it, as EC2 names it; empty when a user did. */
  requester: string
  subnetId: string
  vpcId: string | undefined
  zone: string
  groups: string[]
  privateIp: string
  mac: string
  publicIp?: string
  allocationId?: string
  /** The instance that it is attached to. */
  instanceId?: string
  attachmentId: string
  /** Somebody made it by hand, and nothing uses it. */
  isFree?: true
  tags?: Record<string, string>
}

/** Interfaces that somebody makes by hand, and those of templates. */
export const freeInterfaceType = 'AWS::EC2::NetworkInterface'

type Given = Pick<NetworkInterface, 'description' | 'requester' | 'subnetId'> &
  Partial<
    Pick<
      NetworkInterface,
      'id' | 'type' | 'privateIp' | 'publicIp' | 'allocationId' | 'groups' | 'instanceId' | 'isFree' | 'tags'
    >
  > & {
    /** What ids and addresses are derived from. */
    owner: string
  }

/** The interface of a task. */
export const taskInterfaceId = (world: World, {arn}: Pick<Task, 'arn'>): string => interfaceId(world, arn)

/** The id of the attachment that joins a task to its interface; the interface's description names it. */
export const taskAttachmentId = (world: World, {arn}: Pick<Task, 'arn'>): string =>
  uuid(world.account.seed, 'attachment', arn)

export function macAddress(world: World, owner: string): string {
  const digits = hexId(world.account.seed, 10, 'mac', owner)
  return `02:${(digits.match(/../g) ?? []).join(':')}`
}

/**
 * Every network interface of a region, in the order of their owners. Descriptions: EC2 user guide,
 * "Requester-managed network interfaces".
 */
export function networkInterfaces(world: World, region: Region): NetworkInterface[] {
  const given = [
    ...Object.values(region.tasks).flatMap(task => ofTask(world, region, task)),
    ...Object.values(region.resources).flatMap(
      resource => owners[resource.type]?.(resource, world, region) ?? [],
    ),
  ]
  const taken = new Set(given.flatMap(({privateIp}) => privateIp ?? []))
  return given.map(({owner, ...known}) => {
    const privateIp = known.privateIp ?? addressIn(world, region, known.subnetId, owner, taken)
    taken.add(privateIp)
    const subnet = world.resource(region, 'AWS::EC2::Subnet', known.subnetId)
    const digits = hexId(world.account.seed, 17, 'attachment', owner)
    return {
      id: interfaceId(world, owner),
      type: 'interface',
      vpcId: text(subnet?.properties.VpcId),
      zone: zoneOf(world, region, known.subnetId),
      mac: macAddress(world, owner),
      attachmentId: known.type ? `ela-attach-${digits}` : `eni-attach-${digits}`,
      ...known,
      groups: groupsOf(world, region, known, subnet),
      privateIp,
    }
  })
}

/** Whatever can have security groups and names none has the default one. A NAT gateway can have none. */
function groupsOf(
  world: World,
  region: Region,
  {groups}: Pick<Given, 'groups'>,
  subnet?: Resource,
): string[] {
  if (groups === undefined || groups.length > 0) return groups ?? []
  return [defaultGroupOf(world, region, text(subnet?.properties.VpcId))?.physicalId ?? []].flat()
}

const interfaceId = (world: World, owner: string): string =>
  `eni-${hexId(world.account.seed, 17, 'eni', owner)}`

function ofTask(world: World, region: Region, task: Task): Given[] {
  if (task.lastStatus === 'STOPPED') return []
  const service = serviceOf(region, task)
  const network = record(record(service?.properties.NetworkConfiguration).AwsvpcConfiguration)
  return [
    {
      owner: task.arn,
      description: `arn:aws:ecs:${region.name}:${world.account.id}:attachment/${taskAttachmentId(world, task)}`,
      requester: 'amazon-ecs',
      subnetId: task.subnetId,
      privateIp: task.privateIp,
      groups: texts(network.SecurityGroups),
    },
  ]
}

/** One interface in each of a thing's subnets. */
const perSubnet = (
  {physicalId}: Resource,
  subnets: readonly string[],
  rest: Omit<Given, 'owner' | 'subnetId'>,
  ids: readonly string[] = [],
): Given[] =>
  subnets.map((subnetId, index) => ({
    ...rest,
    owner: `${physicalId}/${subnetId}`,
    subnetId,
    ...(ids[index] && {id: ids[index]}),
  }))

const owners: Readonly<
  Record<string, (resource: Resource, world: World, region: Region) => Given[] | undefined>
> = {
  'AWS::EC2::NatGateway'({physicalId, properties, attributes, data}, world, region) {
    return [
      {
        owner: physicalId,
        id: text(attributes.EniId) ?? '',
        description: `Interface for NAT Gateway ${physicalId}`,
        type: 'nat_gateway',
        requester: 'amazon-nat',
        subnetId: text(properties.SubnetId) ?? '',
        privateIp: text(data.privateIp),
        ...addressOf(world, region, text(properties.AllocationId)),
      },
    ]
  },
  [loadBalancerType](balancer, world, region) {
    const {physicalId, properties} = balancer
    const name = physicalId.slice(physicalId.indexOf('loadbalancer/') + 'loadbalancer/'.length)
    const mappings = records(properties.SubnetMappings)
    return perSubnet(balancer, subnetsOfLoadBalancer(balancer), {
      description: `ELB ${name}`,
      requester: 'amazon-elb',
      groups: texts(properties.SecurityGroups),
    }).map(given => {
      if (properties.Scheme === 'internal') return given
      const mapping = mappings.find(({SubnetId}) => SubnetId === given.subnetId)
      const own = addressOf(world, region, text(mapping?.AllocationId))
      return {...given, ...(own.publicIp === undefined ? {publicIp: publicAddress(world, given.owner)} : own)}
    })
  },
  'AWS::EC2::VPCEndpoint'(endpoint) {
    if (endpoint.properties.VpcEndpointType !== 'Interface') return undefined
    return perSubnet(
      endpoint,
      texts(endpoint.properties.SubnetIds),
      {
        description: `VPC Endpoint Interface ${endpoint.physicalId}`,
        type: 'vpc_endpoint',
        requester: 'amazon-vpce',
        groups: texts(endpoint.properties.SecurityGroupIds),
      },
      texts(endpoint.attributes.NetworkInterfaceIds),
    )
  },
  [freeInterfaceType]: ({physicalId, properties, attributes, tags}, world) => [
    {
      owner: physicalId,
      id: physicalId,
      description: text(properties.Description) ?? '',
      requester: world.account.id,
      subnetId: text(properties.SubnetId) ?? '',
      privateIp: text(attributes.PrimaryPrivateIpAddress),
      groups: texts(properties.GroupSet),
      isFree: true,
      tags,
    },
  ],
  'AWS::EC2::Instance': ({physicalId, properties}, world) => [
    {
      owner: physicalId,
      description: '',
      requester: world.account.id,
      instanceId: physicalId,
      subnetId: text(properties.SubnetId) ?? '',
      groups: texts(properties.SecurityGroupIds),
    },
  ],
  'AWS::EFS::MountTarget': ({physicalId, properties, attributes}) => [
    {
      owner: physicalId,
      description: `EFS mount target for ${text(properties.FileSystemId)} (${physicalId})`,
      type: 'efs',
      requester: 'amazon-efs',
      subnetId: text(properties.SubnetId) ?? '',
      privateIp: text(attributes.IpAddress),
      groups: texts(properties.SecurityGroups),
    },
  ],
  'AWS::RDS::DBInstance'(instance, world, region) {
    const cluster = world.resource(
      region,
      'AWS::RDS::DBCluster',
      text(instance.properties.DBClusterIdentifier) ?? '',
    )
    const {DBSubnetGroupName, VpcSecurityGroupIds} = cluster?.properties ?? instance.properties
    const group = world.resource(region, 'AWS::RDS::DBSubnetGroup', text(DBSubnetGroupName) ?? '')
    return perSubnet(instance, texts(group?.properties.SubnetIds).slice(0, 1), {
      description: 'RDSNetworkInterface',
      requester: 'amazon-rds',
      groups: texts(VpcSecurityGroupIds),
    })
  },
  'AWS::RDS::DBProxy': proxy =>
    perSubnet(proxy, texts(proxy.properties.VpcSubnetIds), {
      description: `Network interface for DBProxy ${proxy.physicalId}`,
      requester: 'amazon-rds',
      groups: texts(proxy.properties.VpcSecurityGroupIds),
    }),
  'AWS::Lambda::Function'(lambda) {
    const {SubnetIds, SecurityGroupIds} = record(lambda.properties.VpcConfig)
    return perSubnet(lambda, texts(SubnetIds), {
      description: `AWS Lambda VPC ENI-${lambda.physicalId}`,
      type: 'lambda',
      requester: 'awslambda',
      groups: texts(SecurityGroupIds),
    })
  },
}

/** An Elastic IP, as far as it exists. */
function addressOf(world: World, region: Region, allocationId: string | undefined) {
  const address = world
    .resourcesOf(region, 'AWS::EC2::EIP')
    .find(({attributes}) => allocationId !== undefined && attributes.AllocationId === allocationId)
  return address ? {publicIp: address.physicalId, allocationId} : {}
}

/** An address of a range that AWS has, for what has one without an Elastic IP. */
function publicAddress(world: World, owner: string): string {
  const [a, b, c] = [0, 1, 2].map(part => Math.floor(world.chance('public', owner, part) * 256))
  return `52.${a}.${b}.${c}`
}
