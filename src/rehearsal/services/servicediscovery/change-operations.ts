import {typicalSeconds} from '../../../durations.js'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {beginGoing} from '../../resources/going.js'
import {about} from '../../resources/timing.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {
  deregisteredType,
  instanceType,
  mappedService,
  mappedServices,
  namespacesOf,
  serviceType,
} from './cloud-map.js'

/** What Cloud Map tells of something that it was asked to do. */
const operationType = 'mcpgw::CloudMapOperation'
/** Until an instance is registered, or no longer is: typical ones take a few seconds. */
const instanceSeconds = 5

type Kind = 'REGISTER_INSTANCE' | 'DEREGISTER_INSTANCE' | 'DELETE_NAMESPACE'

/** What changes Cloud Map by hand; what takes time is followed by GetOperation. Source: AWS Cloud Map API reference. */
export function changeOperations(world: World) {
  const demandService = (region: Region, id: string) => {
    const found = mappedService(world, region, tailOf(id))
    if (!found) throw modelled('ServiceNotFound', `No service found with ID ${id}`)
    return found
  }
  const begin = (region: Region, kind: Kind, seconds: number, targets: Record<string, string>) => {
    const OperationId = `${world.newHex(32)}-${world.newHex(8)}`
    const data = {kind, targets, doneAt: world.now + seconds * 1000}
    world.put(region, pseudo(world, operationType, OperationId, data))
    return {OperationId}
  }
  return {
    RegisterInstance({ServiceId = '', InstanceId = '', Attributes = {}}, call) {
      const region = world.region(call.region)
      const {id} = demandService(region, ServiceId)
      const again = world.resource(region, deregisteredType, `${id}/${InstanceId}`)
      if (again) world.remove(region, again)
      world.put(region, {
        ...pseudo(world, instanceType, `${id}/${InstanceId}`, {}),
        properties: {ServiceId: id, InstanceId, InstanceAttributes: Attributes},
      })
      return begin(region, 'REGISTER_INSTANCE', instanceSeconds, {INSTANCE: InstanceId, SERVICE: id})
    },

    DeregisterInstance({ServiceId = '', InstanceId = ''}, call) {
      const region = world.region(call.region)
      const {id, instances} = demandService(region, ServiceId)
      if (!instances.some(each => each.Id === InstanceId)) {
        throw modelled('InstanceNotFound', `No instance found with ID ${InstanceId}`)
      }
      const own = world
        .resourcesOf(region, instanceType)
        .find(
          ({properties, physicalId}) =>
            properties.ServiceId === id && (properties.InstanceId ?? physicalId) === InstanceId,
        )
      if (own) world.remove(region, own)
      else world.put(region, pseudo(world, deregisteredType, `${id}/${InstanceId}`, {}))
      return begin(region, 'DEREGISTER_INSTANCE', instanceSeconds, {INSTANCE: InstanceId, SERVICE: id})
    },

    GetOperation({OperationId = ''}, call) {
      const operation = world.resource(world.region(call.region), operationType, OperationId)
      if (!operation) throw modelled('OperationNotFound', `No operation found with ID ${OperationId}`)
      const {kind, targets, doneAt} = operation.data
      return {
        Operation: {
          Id: OperationId,
          Type: kind as Kind,
          Status: Number(doneAt) > world.now ? ('PENDING' as const) : ('SUCCESS' as const),
          CreateDate: new Date(operation.createdAt),
          UpdateDate: new Date(Math.min(Number(doneAt), world.now)),
          Targets: targets as Record<string, string>,
        },
      }
    },

    DeleteService({Id = ''}, call) {
      const region = world.region(call.region)
      const {id, instances} = demandService(region, Id)
      if (instances.length > 0) {
        throw modelled(
          'ResourceInUse',
          'Service contains registered instances; delete the instances before deleting the service',
        )
      }
      const own = world.resource(region, serviceType, id)
      // One that ECS made goes with the last of its services.
      if (own) world.remove(region, own)
    },

    DeleteNamespace({Id = ''}, call) {
      const region = world.region(call.region)
      const namespace = namespacesOf(world, region).find(({physicalId}) => physicalId === tailOf(Id))
      if (!namespace) throw modelled('NamespaceNotFound', `No namespace found with ID ${Id}`)
      if (mappedServices(world, region).some(({namespaceId}) => namespaceId === namespace.physicalId)) {
        throw modelled(
          'ResourceInUse',
          'Namespace has associated services; delete the services before deleting the namespace',
        )
      }
      const seconds = about(world, typicalSeconds(namespace.type).delete, namespace.physicalId, 'delete')
      beginGoing(world, region, namespace, seconds)
      return begin(region, 'DELETE_NAMESPACE', seconds, {NAMESPACE: namespace.physicalId})
    },
  } satisfies Operations<'servicediscovery'>
}

const tailOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1)

function pseudo(world: World, type: string, physicalId: string, data: Resource['data']): Resource {
  return {type, physicalId, properties: {}, attributes: {}, tags: {}, createdAt: world.now, data}
}
