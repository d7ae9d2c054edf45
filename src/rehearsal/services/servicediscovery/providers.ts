import type {World} from '../../account/world.js'
import {cloudFormationFailure} from '../../resources/failures.js'
import type {ProviderRequest, ResourceFailure, ResourceProvider} from '../../resources/resource-provider.js'
import {record, text} from '../../resources/values.js'
import {mappedService, mappedServices, namespacesOf, namespaceTypes, serviceType} from './cloud-map.js'

const namespaceProviders: readonly ResourceProvider[] = Object.entries(namespaceTypes).map(
  ([type, found]) => ({
    type,
    create(request) {
      const id = `ns-${request.world.newHex(16)}`
      const zone = found === 'HTTP' ? {} : {HostedZoneId: `Z${request.world.newSuffix(20)}`}
      return {
        physicalId: id,
        attributes: {Id: id, Arn: arn(request, `namespace/${id}`), ...zone},
      }
    },
    update: () => undefined,
    blocksDeletion: ({physicalId}, {world, region}) =>
      mappedServices(world, region).some(({namespaceId}) => namespaceId === physicalId)
        ? inUse(world, 'Namespace has associated services; delete the services before deleting the namespace')
            .message
        : undefined,
  }),
)

const service: ResourceProvider = {
  type: serviceType,
  create(request) {
    const {properties, world, region} = request
    const namespaceId = text(properties.NamespaceId) ?? text(record(properties.DnsConfig).NamespaceId)
    if (namespaceId === undefined) {
      throw cloudFormationFailure(
        world,
        'AWSServiceDiscovery',
        'Service namespace id cannot be null',
        'InvalidInput',
      )
    }
    if (!namespacesOf(world, region).some(({physicalId}) => physicalId === namespaceId)) {
      throw cloudFormationFailure(
        world,
        'AWSServiceDiscovery',
        `The specified namespace ID: ${namespaceId} does not exist`,
        'NamespaceNotFound',
      )
    }
    const id = `srv-${world.newHex(16)}`
    return {
      physicalId: id,
      attributes: {Id: id, Arn: arn(request, `service/${id}`), Name: text(properties.Name) ?? id},
      data: {namespaceId},
    }
  },
  update: () => undefined,
  blocksDeletion: ({physicalId}, {world, region}) =>
    mappedService(world, region, physicalId)?.instances.length
      ? inUse(
          world,
          'Service contains registered instances; delete the instances before deleting the service',
        ).message
      : undefined,
}

function inUse(world: World, message: string): ResourceFailure {
  return cloudFormationFailure(world, 'AWSServiceDiscovery', message, 'ResourceInUse')
}

function arn({world, region}: ProviderRequest, path: string): string {
  return `arn:aws:servicediscovery:${region.name}:${world.account.id}:${path}`
}

/** AWS Cloud Map. Source: AWS Cloud Map API reference, DeleteNamespace and DeleteService. */
export const serviceDiscoveryProviders: readonly ResourceProvider[] = [...namespaceProviders, service]
