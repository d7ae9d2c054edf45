import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {resourceStatusOf} from '../../resources/resource-status.js'
import {text, texts} from '../../resources/values.js'
import type {Operations} from '../../wire/operations.js'
import {filtered, selected, tagList} from './filters.js'
import {ec2Page} from './page.js'
import {managedPrefixLists} from './prefix-lists.js'

/** VPC endpoints, and the route tables with their routes. Source: EC2 API reference. */
export function endpointOperations(world: World) {
  return {
    DescribeVpcEndpoints(input, call) {
      const region = world.region(call.region)
      const all = world.resourcesOf(region, 'AWS::EC2::VPCEndpoint')
      const wanted = selected(all, input.VpcEndpointIds, ({physicalId}) => physicalId, {
        code: 'InvalidVpcEndpointId.NotFound',
        message: id => `The Vpc Endpoint Id '${id}' does not exist`,
      })
      const found = filtered(wanted, input.Filters, endpoint => ({
        'vpc-endpoint-id': endpoint.physicalId,
        'vpc-id': text(endpoint.properties.VpcId),
        'service-name': text(endpoint.properties.ServiceName),
        'vpc-endpoint-type': kindOf(endpoint),
        'vpc-endpoint-state': stateOf(world, region, endpoint),
        tags: endpoint.tags,
      }))
      const page = ec2Page(found, input)
      return {
        VpcEndpoints: page.items.map(endpoint => {
          const {physicalId, properties, attributes, tags, createdAt} = endpoint
          return {
            VpcEndpointId: physicalId,
            VpcEndpointType: kindOf(endpoint) as 'Gateway',
            VpcId: text(properties.VpcId),
            ServiceName: text(properties.ServiceName),
            State: stateOf(world, region, endpoint),
            RouteTableIds: texts(properties.RouteTableIds),
            SubnetIds: texts(properties.SubnetIds),
            Groups: texts(properties.SecurityGroupIds).map(GroupId => ({GroupId})),
            NetworkInterfaceIds: texts(attributes.NetworkInterfaceIds),
            CreationTimestamp: new Date(createdAt),
            OwnerId: world.account.id,
            Tags: tagList(tags),
          }
        }),
        NextToken: page.next,
      }
    },

    DescribeRouteTables(input, call) {
      const region = world.region(call.region)
      const all = world.resourcesOf(region, 'AWS::EC2::RouteTable')
      const wanted = selected(all, input.RouteTableIds, ({physicalId}) => physicalId, {
        code: 'InvalidRouteTableID.NotFound',
        message: id => `The routeTable ID '${id}' does not exist`,
      })
      const entries = wanted.map(table => tableEntry(world, region, table))
      const found = filtered(entries, input.Filters, ({Routes, Associations, tags, ...table}) => ({
        'route-table-id': table.RouteTableId,
        'vpc-id': table.VpcId,
        'route.nat-gateway-id': Routes.flatMap(({NatGatewayId}) => NatGatewayId ?? []),
        'route.gateway-id': Routes.flatMap(({GatewayId}) => GatewayId ?? []),
        'association.subnet-id': Associations.flatMap(({SubnetId}) => SubnetId ?? []),
        tags,
      }))
      const page = ec2Page(found, input)
      return {
        RouteTables: page.items.map(({tags, ...table}) => ({...table, Tags: tagList(tags)})),
        NextToken: page.next,
      }
    },
  } satisfies Operations<'ec2'>
}

/** Source: EC2 API reference, CreateVpcEndpoint, VpcEndpointType: Gateway unless another one is given. */
const kindOf = ({properties}: Resource): string => text(properties.VpcEndpointType) ?? 'Gateway'

/** Source: EC2 API reference, VpcEndpoint, state. The API's answers have it in lower case. */
function stateOf(world: World, region: Region, endpoint: Resource) {
  const status = resourceStatusOf(world, region, endpoint)
  const state = status === 'CREATE_IN_PROGRESS' ? 'pending' : 'available'
  return (status === 'DELETE_IN_PROGRESS' ? 'deleting' : state) as 'Available'
}

function tableEntry(world: World, region: Region, {physicalId, properties, tags}: Resource) {
  const of = (type: string) =>
    world.resourcesOf(region, type).filter(each => each.properties.RouteTableId === physicalId)
  return {
    RouteTableId: physicalId,
    VpcId: text(properties.VpcId),
    OwnerId: world.account.id,
    Routes: [
      ...of('AWS::EC2::Route').map(route => ({
        DestinationCidrBlock: text(route.properties.DestinationCidrBlock),
        DestinationIpv6CidrBlock: text(route.properties.DestinationIpv6CidrBlock),
        DestinationPrefixListId: text(route.properties.DestinationPrefixListId),
        GatewayId: text(route.properties.GatewayId),
        NatGatewayId: text(route.properties.NatGatewayId),
        Origin: 'CreateRoute' as const,
        State: isThere(world, region, route) ? ('active' as const) : ('blackhole' as const),
      })),
      ...endpointRoutes(world, region, physicalId),
    ],
    Associations: of('AWS::EC2::SubnetRouteTableAssociation').map(association => ({
      RouteTableAssociationId: association.physicalId,
      RouteTableId: physicalId,
      SubnetId: text(association.properties.SubnetId),
      Main: false,
      AssociationState: {State: 'associated' as const},
    })),
    tags,
  }
}

/** A gateway endpoint writes its route by itself, and takes it away. Source: AWS PrivateLink guide, "Gateway endpoints". */
function endpointRoutes(world: World, region: Region, table: string) {
  return world
    .resourcesOf(region, 'AWS::EC2::VPCEndpoint')
    .filter(({properties}) => texts(properties.RouteTableIds).includes(table))
    .filter(endpoint => resourceStatusOf(world, region, endpoint) !== 'DELETE_IN_PROGRESS')
    .map(({physicalId: GatewayId, properties}) => ({
      ...{DestinationCidrBlock: undefined, DestinationIpv6CidrBlock: undefined, NatGatewayId: undefined},
      DestinationPrefixListId: managedPrefixLists(region.name).find(
        ({name}) => name === properties.ServiceName,
      )?.id,
      GatewayId,
      Origin: 'CreateRoute' as const,
      State: 'active' as const,
    }))
}

/**
 * A route leads nowhere whose NAT gateway has gone, or whose internet gateway, be it from its VPC alone.
 * Sources: Amazon VPC user guide, "Delete a NAT gateway"; EC2 API reference, Route, state.
 */
function isThere(world: World, region: Region, {properties: {NatGatewayId, GatewayId}}: Resource): boolean {
  if (NatGatewayId !== undefined)
    return !!world.resource(region, 'AWS::EC2::NatGateway', text(NatGatewayId) ?? '')
  return (
    GatewayId === undefined ||
    world
      .resourcesOf(region, 'AWS::EC2::VPCGatewayAttachment')
      .some(({properties}) => properties.InternetGatewayId === GatewayId)
  )
}
