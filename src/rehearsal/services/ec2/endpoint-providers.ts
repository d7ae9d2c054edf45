import {interfaceEndpointSeconds} from '../../../durations.js'
import {ec2Failure} from '../../resources/failures.js'
import {subnetOf} from '../../resources/private-addresses.js'
import {readyAt} from '../../resources/progress.js'
import type {ResourceProvider} from '../../resources/resource-provider.js'
import {about} from '../../resources/timing.js'
import {text, texts} from '../../resources/values.js'
import {vpcOf} from './vpc-providers.js'

/** VPC endpoints. */
export const endpointProviders: readonly ResourceProvider[] = [
  {
    type: 'AWS::EC2::VPCEndpoint',
    create(request) {
      const {world, region, properties} = request
      vpcOf(request)
      const service = text(properties.ServiceName) ?? ''
      if (!/^com\.amazonaws\.([a-z0-9-]+)\.[a-z0-9.-]+$/.test(service)) {
        throw ec2Failure(world, `The Vpc Endpoint Service '${service}' does not exist`, 'InvalidServiceName')
      }
      const subnets = texts(properties.SubnetIds).map(id => subnetOf(world, region, id))
      const physicalId = `vpce-${world.newHex(17)}`
      const dnsName = `${physicalId}-${world.newHex(8)}.${service.split('.').slice(3).join('.')}.${region.name}.vpce.amazonaws.com`
      return {
        physicalId,
        attributes: {
          Id: physicalId,
          CreationTimestamp: new Date(world.now).toISOString(),
          DnsEntries: properties.VpcEndpointType === 'Interface' ? [`${world.newSuffix(14)}:${dnsName}`] : [],
          NetworkInterfaceIds: subnets.map(() => `eni-${world.newHex(17)}`),
        },
      }
    },
    stabilized({properties, createdAt, data, physicalId}, {world}, operation) {
      if (properties.VpcEndpointType !== 'Interface' || operation === 'update') return {state: 'ready'}
      const since = operation === 'create' ? createdAt : Number(data.deletingAt)
      return readyAt(world, since + about(world, interfaceEndpointSeconds, physicalId, operation) * 1000)
    },
    deleting(resource, {world}) {
      resource.data.deletingAt = world.now
    },
  },
]
