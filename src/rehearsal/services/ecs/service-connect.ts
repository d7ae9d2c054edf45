import type {Region, Resource, Task} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {type Endpoint, serviceOf, serviceType, stateOf} from '../../resources/ecs-services.js'
import {flag, type Properties, record, records, text} from '../../resources/values.js'
import {isPublicName} from '../route53/public-names.js'
import {namespaceNamed} from '../servicediscovery/cloud-map.js'

/**
 * Seconds from a service's creation until its endpoints are in the namespace for the deployments of others. AWS does
 * not say which of two services that are made at once sees the other; here neither does, so that a template has to
 * put them in order, as the guide asks for.
 */
const endpointSeconds = 4

/**
 * The DNS names that one service offers from now on; those of `before` keep their age. Without an alias the name is
 * `<discovery name>.<namespace>`. Source: ECS API reference, ServiceConnectClientAlias.
 */
export function endpointsOf(
  world: World,
  region: Region,
  properties: Properties,
  before: readonly Endpoint[] = [],
): Endpoint[] {
  const namespace = namespaceOf(world, region, properties)
  if (!namespace) return []
  const connect = record(properties.ServiceConnectConfiguration)
  const names = records(connect.Services).flatMap(({ClientAliases, DiscoveryName, PortName}) => {
    const byDefault = `${text(DiscoveryName) ?? text(PortName)}.${text(namespace.properties.Name)}`
    const aliases = records(ClientAliases)
    return aliases.length === 0 ? [byDefault] : aliases.map(({DnsName}) => text(DnsName) ?? byDefault)
  })
  const since = (name: string) => before.find(endpoint => endpoint.name === name)?.since ?? world.now
  return [...new Set(names)].map(name => ({name, since: since(name)}))
}

/** What a service offers by now. */
export function existingEndpoints(world: World, region: Region, service: Resource): readonly Endpoint[] {
  // An account that was written down before endpoints were kept has none.
  const unknown = () =>
    endpointsOf(world, region, service.properties).map(({name}) => ({name, since: service.createdAt}))
  return stateOf(service).endpoints ?? unknown()
}

/**
 * What the tasks of a deployment that begins now can resolve for as long as they live, and the tasks that replace them:
 * the endpoints that are in the service's namespace. Undefined for a service without Service Connect.
 * Source: ECS developer guide, "Service Connect components": existing tasks and replacement tasks continue to behave as
 * they did after the most recent deployment.
 */
export function namesForDeployment(
  world: World,
  region: Region,
  properties: Properties,
  own: readonly Endpoint[],
): string[] | undefined {
  const namespace = namespaceOf(world, region, properties)
  if (!namespace) return undefined
  const others = world
    .resourcesOf(region, serviceType)
    .filter(service => namespaceOf(world, region, service.properties) === namespace)
    .flatMap(service => existingEndpoints(world, region, service))
    .filter(({since}) => since + endpointSeconds * 1000 <= world.now)
  return [...new Set([...own, ...others].map(({name}) => name))].sort()
}

/**
 * The names of Service Connect that the containers of a task can resolve, such as `auth-server`: fixed by the deployment
 * that started the task. Public names come on top; they are no affair of Service Connect.
 */
export function resolvableNames(world: World, region: Region, task: Task): ReadonlySet<string> {
  const service = serviceOf(region, task)
  if (!service) return new Set()
  const deployment = stateOf(service).deployments.find(({id}) => id === task.startedBy)
  // In an account that was written down before names were kept, everything is there.
  const unknown = () => namesForDeployment(world, region, service.properties, [])
  return new Set(deployment?.names ?? unknown() ?? [])
}

/** Whether the containers of a task can look up a host. */
export function resolves(world: World, region: Region, task: Task, host: string): boolean {
  return resolvableNames(world, region, task).has(host) || isPublicName(world, host.toLowerCase())
}

/** The namespace that a service has its names in. */
export function namespaceOf(world: World, region: Region, properties: Properties): Resource | undefined {
  const connect = record(properties.ServiceConnectConfiguration)
  return flag(connect.Enabled) === true ? namespaceNamed(world, region, text(connect.Namespace)) : undefined
}
