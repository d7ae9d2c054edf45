import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {
  clusterNameOf,
  serviceType as ecsServiceType,
  liveTasks,
  nameOf,
  stateOf,
} from '../../resources/ecs-services.js'
import {record, records, text} from '../../resources/values.js'
import {discoveryId, discoveryNames, keptNames} from './kept-names.js'

/** Namespaces by how their names are found, as Cloud Map calls it. */
export const namespaceTypes = {
  'AWS::ServiceDiscovery::PrivateDnsNamespace': 'DNS_PRIVATE',
  'AWS::ServiceDiscovery::PublicDnsNamespace': 'DNS_PUBLIC',
  'AWS::ServiceDiscovery::HttpNamespace': 'HTTP',
} as const

/** An instance that a template or somebody registered. */
export const instanceType = 'AWS::ServiceDiscovery::Instance'
/** Which task, by service and id, somebody has deregistered: ECS does not register it again. */
export const deregisteredType = 'mcpgw::DeregisteredInstance'

export const serviceType = 'AWS::ServiceDiscovery::Service'

/** A service of a namespace, one of a template's own or one that ECS made for Service Connect. */
export interface MappedService {
  id: string
  name: string
  namespaceId: string | undefined
  description: string | undefined
  createdAt: number
  instances: {Id: string; Attributes: Record<string, string>}[]
}

/** Every namespace of a region. */
export function namespacesOf(world: World, region: Region): Resource[] {
  return Object.keys(namespaceTypes).flatMap(type => world.resourcesOf(region, type))
}

/** Every service of a region. Source: ECS developer guide, "Service Connect concepts". */
export function mappedServices(world: World, region: Region): MappedService[] {
  const own = world.resourcesOf(region, serviceType).map(service => ({
    id: service.physicalId,
    name: text(service.attributes.Name) ?? '',
    namespaceId: text(service.data.namespaceId),
    description: text(service.properties.Description),
    createdAt: service.createdAt,
    instances: [...ofTemplates(world, region, service), ...ofRegistries(world, region, service)],
  }))
  return [...own, ...ofServiceConnect(world, region)].map(service => ({
    ...service,
    instances: service.instances.filter(
      ({Id}) => !world.resource(region, deregisteredType, `${service.id}/${Id}`),
    ),
  }))
}

/** The service with an id. */
export function mappedService(world: World, region: Region, id: string): MappedService | undefined {
  return mappedServices(world, region).find(service => service.id === id)
}

/** The namespace that Service Connect of an ECS service names: by its ARN or its name. */
export function namespaceNamed(world: World, region: Region, name: string | undefined): Resource | undefined {
  return namespacesOf(world, region).find(
    ({attributes, properties}) => name !== undefined && (attributes.Arn === name || properties.Name === name),
  )
}

function ofServiceConnect(world: World, region: Region): MappedService[] {
  const found = new Map<string, MappedService>()
  for (const service of world.resourcesOf(region, ecsServiceType)) {
    const connect = record(service.properties.ServiceConnectConfiguration)
    const namespaceId = namespaceNamed(world, region, text(connect.Namespace))?.physicalId
    if (namespaceId === undefined || stateOf(service).status === 'INACTIVE') continue
    for (const name of discoveryNames(service.properties)) {
      const id = discoveryId(world, namespaceId, name)
      const mapped = found.get(id) ?? {
        ...{id, name, namespaceId, createdAt: service.createdAt, instances: []},
        description: `Created by ECS to provide service discovery for ${nameOf(service)}`,
      }
      mapped.instances.push(...tasksAsInstances(region, service))
      found.set(id, mapped)
    }
  }
  for (const kept of keptNames(world, region)) {
    if (!found.has(kept.id)) found.set(kept.id, {...kept, description: undefined, instances: []})
  }
  return [...found.values()]
}

function ofRegistries(world: World, region: Region, {attributes}: Resource): MappedService['instances'] {
  return world
    .resourcesOf(region, ecsServiceType)
    .filter(({properties}) =>
      records(properties.ServiceRegistries).some(({RegistryArn}) => RegistryArn === attributes.Arn),
    )
    .flatMap(service => tasksAsInstances(region, service))
}

function ofTemplates(world: World, region: Region, {physicalId}: Resource): MappedService['instances'] {
  return world
    .resourcesOf(region, instanceType)
    .filter(({properties}) => properties.ServiceId === physicalId)
    .map(({properties, physicalId: id}) => ({
      Id: text(properties.InstanceId) ?? id,
      Attributes: Object.fromEntries(
        Object.entries(record(properties.InstanceAttributes)).map(([key, value]) => [key, text(value) ?? '']),
      ),
    }))
}

/** Source: ECS developer guide, "Service discovery": the attributes that ECS registers a task with. */
function tasksAsInstances(region: Region, service: Resource): MappedService['instances'] {
  return liveTasks(region, service)
    .filter(({lastStatus}) => lastStatus === 'RUNNING')
    .map(task => ({
      Id: task.arn.slice(task.arn.lastIndexOf('/') + 1),
      Attributes: {
        AWS_INSTANCE_IPV4: task.privateIp,
        ECS_CLUSTER_NAME: clusterNameOf(service),
        ECS_SERVICE_NAME: task.serviceName,
        REGION: region.name,
      },
    }))
}
