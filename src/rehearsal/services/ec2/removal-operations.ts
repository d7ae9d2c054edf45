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

/** What takes NAT gateways, endpoints and addresses away. Source: EC2 API reference. */
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
