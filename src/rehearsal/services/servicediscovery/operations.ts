import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {checkValue} from '../../resources/constraints.js'
import {arn} from '../../resources/names.js'
import {pageOf} from '../../resources/paging.js'
import {text} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {changeOperations} from './change-operations.js'
import {type MappedService, mappedService, mappedServices, namespacesOf, namespaceTypes} from './cloud-map.js'

/** Source: AWS Cloud Map API reference, MaxResults. */
const largestPage = 100

/** AWS Cloud Map, as far as reading, registering and deleting goes. Source: AWS Cloud Map API reference. */
export function serviceDiscoveryOperations(world: World) {
  const demandService = (region: Region, id: string) => {
    const found = mappedService(world, region, id.slice(id.lastIndexOf('/') + 1))
    if (!found) throw modelled('ServiceNotFound', `No service found with ID ${id}`)
    return found
  }
  const namespaceEntry = (region: Region, namespace: Resource) => ({
    Id: namespace.physicalId,
    Arn: text(namespace.attributes.Arn),
    Name: text(namespace.properties.Name),
    Type: namespaceTypes[namespace.type as keyof typeof namespaceTypes],
    Description: text(namespace.properties.Description),
    ServiceCount: mappedServices(world, region).filter(
      ({namespaceId}) => namespaceId === namespace.physicalId,
    ).length,
    Properties: {
      DnsProperties: {HostedZoneId: text(namespace.attributes.HostedZoneId)},
      HttpProperties: {HttpName: text(namespace.properties.Name)},
    },
    CreateDate: new Date(namespace.createdAt),
  })
  const serviceEntry = (region: Region, service: MappedService) => ({
    Id: service.id,
    Arn: arn(world, region.name, 'servicediscovery', `service/${service.id}`),
    Name: service.name,
    Description: service.description,
    InstanceCount: service.instances.length,
    CreateDate: new Date(service.createdAt),
  })
  return {
    ListNamespaces({NextToken, MaxResults, Filters}, call) {
      const region = world.region(call.region)
      const names = Filters?.find(({Name}) => Name === 'NAME')?.Values
      const types = Filters?.find(({Name}) => Name === 'TYPE')?.Values
      const found = namespacesOf(world, region)
        .map(namespace => namespaceEntry(region, namespace))
        .filter(({Name}) => names === undefined || names.includes(Name ?? ''))
        .filter(({Type}) => types === undefined || types.includes(Type))
      const page = mapPage(found, NextToken, MaxResults)
      return {Namespaces: page.items, NextToken: page.next}
    },
    GetNamespace({Id = ''}, call) {
      const region = world.region(call.region)
      const id = Id.slice(Id.lastIndexOf('/') + 1)
      const namespace = namespacesOf(world, region).find(({physicalId}) => physicalId === id)
      if (!namespace) throw modelled('NamespaceNotFound', `No namespace found with ID ${Id}`)
      return {Namespace: namespaceEntry(region, namespace)}
    },
    ListServices({NextToken, MaxResults, Filters}, call) {
      const region = world.region(call.region)
      const namespaces = Filters?.find(({Name}) => Name === 'NAMESPACE_ID')?.Values
      const found = mappedServices(world, region)
        .filter(({namespaceId}) => namespaces === undefined || namespaces.includes(namespaceId ?? ''))
        .map(service => serviceEntry(region, service))
      const page = mapPage(found, NextToken, MaxResults)
      return {Services: page.items, NextToken: page.next}
    },
    GetService({Id = ''}, call) {
      const region = world.region(call.region)
      const service = demandService(region, Id)
      return {Service: {...serviceEntry(region, service), NamespaceId: service.namespaceId}}
    },
    ListInstances({ServiceId = '', NextToken, MaxResults}, call) {
      const {instances} = demandService(world.region(call.region), ServiceId)
      const page = mapPage(instances, NextToken, MaxResults)
      return {Instances: page.items, NextToken: page.next}
    },
    ...changeOperations(world),
  } satisfies Operations<'servicediscovery'>
}

const invalid = (message: string) => modelled('InvalidInput', message)
const invalidToken = () => invalid('Invalid NextToken')

function mapPage<T>(all: readonly T[], token: string | undefined, size = largestPage) {
  checkValue('maxResults', size, {least: 1, most: largestPage}, invalid)
  return pageOf(all, token, size, invalidToken)
}
