import type {Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'
import {clusterNameOf, serviceType as ecsServiceType, liveTasks} from '../simulation/ecs-service.js'
import {records, text} from '../simulation/values.js'
import {modelled} from '../wire/errors.js'
import type {Operations} from '../wire/operations.js'
import {pageOf} from './paging.js'

const namespaceType = 'AWS::ServiceDiscovery::PrivateDnsNamespace'
const serviceType = 'AWS::ServiceDiscovery::Service'
const defaultPage = 100

/** AWS Cloud Map, as far as reading goes. Source: AWS Cloud Map API reference. */
export function serviceDiscoveryOperations(world: World) {
  const demand = (region: Region, type: string, id = '') => {
    const found = world.resource(region, type, id.slice(id.lastIndexOf('/') + 1))
    if (found) return found
    throw type === namespaceType
      ? modelled('NamespaceNotFound', `No namespace found with ID ${id}`)
      : modelled('ServiceNotFound', `No service found with ID ${id}`)
  }
  const namespaceEntry = (region: Region, namespace: Resource) => ({
    Id: namespace.physicalId,
    Arn: text(namespace.attributes.Arn),
    Name: text(namespace.properties.Name),
    Type: 'DNS_PRIVATE' as const,
    Description: text(namespace.properties.Description),
    ServiceCount: world
      .resourcesOf(region, serviceType)
      .filter(({data}) => data.namespaceId === namespace.physicalId).length,
    Properties: {DnsProperties: {HostedZoneId: text(namespace.attributes.HostedZoneId)}},
    CreateDate: new Date(namespace.createdAt),
  })
  const serviceEntry = (region: Region, service: Resource) => ({
    Id: service.physicalId,
    Arn: text(service.attributes.Arn),
    Name: text(service.attributes.Name),
    InstanceCount: instancesOf(world, region, service).length,
    CreateDate: new Date(service.createdAt),
  })
  return {
    ListNamespaces({NextToken, MaxResults, Filters}, call) {
      const region = world.region(call.region)
      const names = Filters?.find(({Name}) => Name === 'NAME')?.Values
      const found = world
        .resourcesOf(region, namespaceType)
        .map(namespace => namespaceEntry(region, namespace))
        .filter(({Name}) => names === undefined || names.includes(Name ?? ''))
      const page = pageOf(found, NextToken, MaxResults ?? defaultPage, invalidToken)
      return {Namespaces: page.items, NextToken: page.next}
    },
    GetNamespace({Id}, call) {
      const region = world.region(call.region)
      return {Namespace: namespaceEntry(region, demand(region, namespaceType, Id))}
    },
    ListServices({NextToken, MaxResults, Filters}, call) {
      const region = world.region(call.region)
      const namespaces = Filters?.find(({Name}) => Name === 'NAMESPACE_ID')?.Values
      const found = world
        .resourcesOf(region, serviceType)
        .filter(({data}) => namespaces === undefined || namespaces.includes(String(data.namespaceId)))
        .map(service => serviceEntry(region, service))
      const page = pageOf(found, NextToken, MaxResults ?? defaultPage, invalidToken)
      return {Services: page.items, NextToken: page.next}
    },
    GetService({Id}, call) {
      const region = world.region(call.region)
      const service = demand(region, serviceType, Id)
      return {Service: {...serviceEntry(region, service), NamespaceId: text(service.data.namespaceId)}}
    },
    ListInstances({ServiceId, NextToken, MaxResults}, call) {
      const region = world.region(call.region)
      const found = instancesOf(world, region, demand(region, serviceType, ServiceId))
      const page = pageOf(found, NextToken, MaxResults ?? defaultPage, invalidToken)
      return {Instances: page.items, NextToken: page.next}
    },
  } satisfies Operations<'servicediscovery'>
}

const invalidToken = () => modelled('InvalidInput', 'Invalid NextToken')

/** The running tasks of the ECS services that are registered with it. */
function instancesOf(world: World, region: Region, {attributes, physicalId}: Resource) {
  const arn = text(attributes.Arn)
  return world
    .resourcesOf(region, ecsServiceType)
    .filter(({properties}) =>
      records(properties.ServiceRegistries).some(({RegistryArn}) => RegistryArn === arn),
    )
    .flatMap(service =>
      liveTasks(region, service)
        .filter(({lastStatus}) => lastStatus === 'RUNNING')
        .map(task => ({
          Id: task.arn.slice(task.arn.lastIndexOf('/') + 1),
          Attributes: {
            AWS_INSTANCE_IPV4: task.privateIp,
            ECS_CLUSTER_NAME: clusterNameOf(service),
            ECS_SERVICE_NAME: task.serviceName,
            REGION: region.name,
            SERVICE_ID: physicalId,
          },
        })),
    )
}
