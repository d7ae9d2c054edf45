import type {Region, Resource} from '../../account/account.js'
import {hexId} from '../../account/random.js'
import type {World} from '../../account/world.js'
import {triggerFault} from '../../faults/schedule.js'
import {fits} from '../../faults/values.js'
import {nameOf} from '../../resources/ecs-services.js'
import {flag, type Properties, record, records, text} from '../../resources/values.js'

/** A name of Service Connect that is left of a deleted ECS service. */
const keptType = 'mcpgw::KeptDiscoveryName'
const defaultMs = 5 * 60_000

/** A name that outlives its service. */
export interface KeptName {
  id: string
  name: string
  namespaceId: string
  createdAt: number
}

/** The names that a service has in Service Connect. */
export function discoveryNames(properties: Properties): string[] {
  const connect = record(properties.ServiceConnectConfiguration)
  if (flag(connect.Enabled) !== true) return []
  return records(connect.Services).map(
    ({DiscoveryName, PortName}) => text(DiscoveryName) ?? text(PortName) ?? '',
  )
}

/** Of the Cloud Map service that ECS makes for a name. */
export function discoveryId({account}: World, namespaceId: string, name: string): string {
  return `srv-${hexId(account.seed, 16, 'cloud-map', namespaceId, name)}`
}

/** Keeps the names of a service that ends now, where a fault wants it. */
export function keepNames(world: World, region: Region, service: Resource, namespaceId: string): void {
  const name = nameOf(service)
  const fault = triggerFault(world, 'keep-discovery-name', {key: name, region: region.name}, ({where}) =>
    fits(where, name),
  )
  if (!fault) return
  const until = world.now + (fault.options.by ?? defaultMs)
  for (const kept of discoveryNames(service.properties)) {
    const id = discoveryId(world, namespaceId, kept)
    world.put(region, {
      ...{type: keptType, physicalId: id, properties: {}, attributes: {}, tags: {}},
      createdAt: service.createdAt,
      data: {name: kept, namespaceId, until},
    })
  }
}

/** Names that are kept at this moment. */
export function keptNames(world: World, region: Region): KeptName[] {
  return world
    .resourcesOf(region, keptType)
    .filter(({data}) => Number(data.until) > world.now)
    .map(({physicalId, createdAt, data}) => ({
      ...{id: physicalId, createdAt},
      ...{name: text(data.name) ?? '', namespaceId: text(data.namespaceId) ?? ''},
    }))
}
