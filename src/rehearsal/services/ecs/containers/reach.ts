import type {Region, Resource, Task} from '../../../account/account.js'
import type {World} from '../../../account/world.js'
import {serviceOf, serviceType, tasksOf} from '../../../resources/ecs-services.js'
import type {AppAnswer} from '../../../resources/http-messages.js'
import {servedBy} from '../../../resources/private-hosts.js'
import {flag, type Properties, record, records, text} from '../../../resources/values.js'
import {publicAddressOf} from '../../ec2/nat.js'
import {answerPublicRequest} from '../../route53/public-hosts.js'
import {resolvableNames} from '../service-connect.js'
import {findTaskDefinition, portOf} from '../task-definitions.js'
import type {RunningContainer} from './container-app.js'

/** A request from one container to another, or to a public name. */
export interface Outgoing {
  method?: string
  /** Names in lower case. */
  headers?: Readonly<Record<string, string>>
  body?: string
}

/**
 * What a container gets that asks an address: by a name of Service Connect from a task of that service, by any other as
 * everybody in the internet does. Undefined when nobody answers there.
 */
export async function reach(
  {world, region, task}: RunningContainer,
  url: string,
  {method = 'GET', headers = {}, body}: Outgoing = {},
): Promise<AppAnswer | undefined> {
  const {hostname, host, protocol, port, pathname, search} = new URL(url)
  const path = `${pathname}${search}`
  const content = body === undefined ? {} : {body}
  const number = Number(port) || (protocol === 'https:' ? 443 : 80)
  const connected = connectedService(world, region, task, {name: hostname, port: number})
  if (connected) {
    const target = tasksOf(region, connected.service).find(({lastStatus}) => lastStatus === 'RUNNING')
    const request = {method, path, headers: {host, ...headers}, ...content}
    return target && servedBy(world, region, target.privateIp, connected.port, request)
  }
  const scheme = protocol === 'https:' ? 'https' : 'http'
  const address = publicAddressOf(world, region, task.subnetId)
  const request = {method, host, path, scheme, headers: {...headers, host}, ...content} as const
  return answerPublicRequest(world, {...request, ...(address !== undefined && {address})})
}

/**
 * The service in the same namespace that has a name of Service Connect as an alias, and the port of its containers; only
 * of names that the task can resolve since its service was last deployed.
 * Source: ECS developer guide, "Service Connect components".
 */
export function connectedService(
  world: World,
  region: Region,
  from: Task,
  {name, port}: {name: string; port: number},
): {service: Resource; port: number} | undefined {
  const own = serviceOf(region, from)
  const namespace = own && namespaceOf(own.properties)
  if (namespace === undefined || !resolvableNames(world, region, from).has(name)) return undefined
  for (const service of world.resourcesOf(region, serviceType)) {
    if (namespaceOf(service.properties) !== namespace) continue
    const offered = records(record(service.properties.ServiceConnectConfiguration).Services).find(entry =>
      records(entry.ClientAliases).some(alias => text(alias.DnsName) === name && Number(alias.Port) === port),
    )
    const definition = findTaskDefinition(world, region, text(service.properties.TaskDefinition) ?? '')
    const containerPort = offered && definition && portOf(definition, text(offered.PortName) ?? '')
    if (containerPort !== undefined) return {service, port: containerPort}
  }
  return undefined
}

function namespaceOf(properties: Properties): string | undefined {
  const connect = record(properties.ServiceConnectConfiguration)
  return flag(connect.Enabled) === true ? text(connect.Namespace) : undefined
}
