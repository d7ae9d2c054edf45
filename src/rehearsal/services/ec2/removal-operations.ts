import {interfaceEndpointSeconds, typicalSeconds} from '../../../durations.js'
import type {World} from '../../account/world.js'
import {beginGoing} from '../../resources/going.js'
import {isBeingDeleted} from '../../resources/resource-status.js'
import {about} from '../../resources/timing.js'
import {text} from '../../resources/values.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {holderOfAddress} from './elastic-ips.js'
import {natGatewayState, natGateways, natGatewayType} from './nat-gateways.js'

const endpointType = 'AWS::EC2::VPCEndpoint'

/** What takes NAT gateways, endpoints, addresses and ways through a VPC away. Source: EC2 API reference. */
export function removalOperations(world: World) {
  return {
    /** One that is going or has gone within the hour is answered alike: the state says how far it is. */
    DeleteNatGateway({NatGatewayId: id = ''}, call) {
      const region = world.region(call.region)
      const gateway = natGateways(world, region).find(({physicalId}) => physicalId === id)
      if (!gateway) throw new AwsError('NatGatewayNotFound', `NatGateway ${id} was not found`)
      if (!['deleting', 'deleted'].includes(natGatewayState(world, region, gateway))) {
        const {delete: seconds} = typicalSeconds(natGatewayType)
        beginGoing(world, region, gateway, about(world, seconds, id, 'delete'))
      }
      return {NatGatewayId: id}
    },

    DeleteVpcEndpoints({VpcEndpointIds = []}, call) {
      const region = world.region(call.region)
      const unsuccessful = VpcEndpointIds.flatMap(id => {
        const endpoint = world.resource(region, endpointType, id)
        if (!endpoint) {
          const message = `The Vpc Endpoint Id '${id}' does not exist`
          return [{ResourceId: id, Error: {Code: 'InvalidVpcEndpoint.NotFound', Message: message}}]
        }
        if (isBeingDeleted(world, region, endpoint)) return []
        endpoint.data.deletingAt = world.now
        const isInterface = endpoint.properties.VpcEndpointType === 'Interface'
        const seconds = isInterface ? interfaceEndpointSeconds : typicalSeconds(endpointType).delete
        beginGoing(world, region, endpoint, about(world, seconds, id, 'delete'))
        return []
      })
      return {Unsuccessful: unsuccessful}
    },

    DeleteRoute(
      {RouteTableId, DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId},
      call,
    ) {
      const region = world.region(call.region)
      const table = world.resource(region, 'AWS::EC2::RouteTable', RouteTableId ?? '')
      if (!table)
        throw new AwsError(
          'InvalidRouteTableID.NotFound',
          `The routeTable ID '${RouteTableId}' does not exist`,
        )
      const destination = DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? DestinationPrefixListId
      const route = world
        .resourcesOf(region, 'AWS::EC2::Route')
        .find(({physicalId}) => physicalId === `${RouteTableId}|${destination}`)
      if (!route)
        throw new AwsError(
          'InvalidRoute.NotFound',
          `no route with destination-cidr-block ${destination} in route table ${RouteTableId}`,
        )
      world.remove(region, route)
    },

    DisassociateRouteTable({AssociationId = ''}, call) {
      const region = world.region(call.region)
      const association = world.resource(region, 'AWS::EC2::SubnetRouteTableAssociation', AssociationId)
      if (!association)
        throw new AwsError(
          'InvalidAssociationID.NotFound',
          `The association ID '${AssociationId}' does not exist`,
        )
      world.remove(region, association)
    },

    /** Addresses that are mapped hold it. Source: EC2 API reference, DetachInternetGateway. */
    DetachInternetGateway({InternetGatewayId, VpcId}, call) {
      const region = world.region(call.region)
      const attachment = world
        .resourcesOf(region, 'AWS::EC2::VPCGatewayAttachment')
        .find(
          ({properties}) => properties.InternetGatewayId === InternetGatewayId && properties.VpcId === VpcId,
        )
      if (!attachment)
        throw new AwsError(
          'Gateway.NotAttached',
          `resource ${InternetGatewayId} is not attached to network ${VpcId}`,
        )
      const isMapped = natGateways(world, region).some(
        gateway =>
          !['deleting', 'deleted'].includes(natGatewayState(world, region, gateway)) &&
          world.resource(region, 'AWS::EC2::Subnet', text(gateway.properties.SubnetId) ?? '')?.properties
            .VpcId === VpcId,
      )
      if (isMapped)
        throw new AwsError(
          'DependencyViolation',
          `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
        )
      world.remove(region, attachment)
    },

    ReleaseAddress({AllocationId, PublicIp}, call) {
      const region = world.region(call.region)
      const address = world
        .resourcesOf(region, 'AWS::EC2::EIP')
        .find(({attributes, physicalId}) =>
          AllocationId === undefined ? physicalId === PublicIp : attributes.AllocationId === AllocationId,
        )
      if (!address) {
        throw AllocationId === undefined
          ? new AwsError('InvalidAddress.NotFound', `Address '${PublicIp}' not found.`)
          : new AwsError('InvalidAllocationID.NotFound', `The allocation ID '${AllocationId}' does not exist`)
      }
      if (holderOfAddress(world, region, address)) {
        throw new AwsError('InvalidIPAddress.InUse', `Address ${text(address.physicalId)} is in use.`)
      }
      world.remove(region, address)
    },
  } satisfies Operations<'ec2'>
}
