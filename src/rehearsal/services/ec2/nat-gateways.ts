import type {NatGatewayState} from '@aws-sdk/client-ec2'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {resourceStatusOf} from '../../resources/resource-status.js'
import {text} from '../../resources/values.js'
import {associationId} from './elastic-ips.js'
import {tagList} from './filters.js'

export const natGatewayType = 'AWS::EC2::NatGateway'
/** What is told of a gateway after it has gone. */
const deletedType = 'mcpgw::DeletedNatGateway'
/** How long a deleted gateway is still told of. Source: Amazon VPC user guide, "Delete a NAT gateway": about an hour. */
const rememberedMs = 3_600_000

/** Every gateway that EC2 tells of, those that have gone within the hour included. */
export function natGateways(world: World, region: Region): Resource[] {
  const remembered = world
    .resourcesOf(region, deletedType)
    .filter(({data}) => world.now - Number(data.deletedAt) < rememberedMs)
  return [...world.resourcesOf(region, natGatewayType), ...remembered]
}

/** Keeps what is told of a gateway that has gone, and forgets those that went long ago. */
export function rememberGateway(world: World, region: Region, gateway: Resource): void {
  for (const old of world.resourcesOf(region, deletedType)) {
    if (world.now - Number(old.data.deletedAt) >= rememberedMs) world.remove(region, old)
  }
  const {owner: _, ...kept} = gateway
  world.put(region, {...kept, type: deletedType, data: {...kept.data, deletedAt: world.now}})
}

/** Source: EC2 API reference, NatGateway, state. */
export function natGatewayState(world: World, region: Region, gateway: Resource): NatGatewayState {
  if (gateway.type === deletedType) return 'deleted'
  const status = resourceStatusOf(world, region, gateway)
  if (status === 'CREATE_IN_PROGRESS') return 'pending'
  return status === 'DELETE_IN_PROGRESS' ? 'deleting' : 'available'
}

/** A gateway as DescribeNatGateways shows it. */
export function natGatewayEntry(world: World, region: Region, gateway: Resource) {
  const {physicalId, properties, attributes, data, tags, createdAt} = gateway
  const id = text(attributes.EniId) ?? ''
  const allocationId = text(properties.AllocationId)
  return {
    NatGatewayId: physicalId,
    SubnetId: text(properties.SubnetId),
    VpcId: text(data.vpcId),
    State: natGatewayState(world, region, gateway),
    ConnectivityType: properties.ConnectivityType === 'private' ? ('private' as const) : ('public' as const),
    CreateTime: new Date(createdAt),
    DeleteTime: data.deletedAt === undefined ? undefined : new Date(Number(data.deletedAt)),
    NatGatewayAddresses: [
      {
        AllocationId: allocationId,
        AssociationId: associationId(world, {id, allocationId}),
        NetworkInterfaceId: id,
        PrivateIp: text(data.privateIp),
        PublicIp: text(data.publicIp),
        IsPrimary: true,
        Status: 'succeeded' as const,
      },
    ],
    Tags: tagList(tags),
  }
}
