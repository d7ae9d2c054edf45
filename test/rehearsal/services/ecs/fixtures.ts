import type {Region, Resource} from '../../../../src/rehearsal/account/account.js'
import type {World} from '../../../../src/rehearsal/account/world.js'
import {registerEvents} from '../../../../src/rehearsal/control/event-handlers.js'
import type {
  Progress,
  ProviderRequest,
  ResourceProvider,
} from '../../../../src/rehearsal/resources/resource-provider.js'
import {providerFor} from '../../../../src/rehearsal/services/providers.js'
import type {Call} from '../../../../src/rehearsal/wire/index.js'
import {type TestWorld, testWorld} from '../../helpers/world.js'

export const regionName = 'us-west-2'

/** The call around an operation's input; operations look at little of it. */
export const call = {region: regionName, service: 'ecs', operation: ''} as unknown as Call

export interface Fixture extends TestWorld {
  region: Region
  /** Makes a resource through its kind, as a stack would. */
  make(type: string, properties?: Record<string, unknown>, logicalId?: string): Resource
  request(resource: Resource): ProviderRequest
  kind(resource: Resource): ResourceProvider
  /** What the engine would be told of a resource in the making. */
  progress(resource: Resource, operation?: 'create' | 'update' | 'delete'): Progress
  update(resource: Resource, changes: Record<string, unknown>): void
}

/** An account in which the simulation runs and time passes only when a test says so. */
export function fixture(
  options: {seed?: number; endpoint?: () => string; afterRun?: () => void} = {},
): Fixture {
  const base = testWorld({seed: options.seed})
  const {world} = base
  const region = world.region(regionName)
  registerEvents(world, {
    endpoint: options.endpoint ?? (() => 'http://127.0.0.1:9'),
    afterRun: options.afterRun,
  })
  const request = (properties: Record<string, unknown>, logicalId: string): ProviderRequest => ({
    world,
    region,
    properties,
    tags: {'mcpgw:environment': 'demo'},
    stack: {id: `arn:aws:cloudformation:us-west-2:${world.account.id}:stack/demo/1`, name: 'demo'},
    logicalId,
    generatedName: maxLength => `demo-${logicalId}-${world.newSuffix(12)}`.slice(0, maxLength),
  })
  const kind = ({type}: {type: string}): ResourceProvider => {
    const found = providerFor(type)
    if (!found) throw new Error(`No kind for ${type}`)
    return found
  }
  const result: Fixture = {
    ...base,
    region,
    kind,
    request: resource => request(resource.properties, resource.owner?.logicalId ?? 'Thing'),
    make(type, properties = {}, logicalId = 'Thing') {
      const given = request(properties, logicalId)
      const created = kind({type}).create(given)
      const resource: Resource = {
        type,
        physicalId: created.physicalId,
        properties,
        attributes: created.attributes ?? {},
        tags: given.tags,
        createdAt: world.now,
        owner: {stackId: given.stack.id, logicalId},
        data: created.data ?? {},
      }
      world.put(region, resource)
      return resource
    },
    progress: (resource, operation = 'create') =>
      kind(resource).stabilized?.(resource, result.request(resource), operation) ?? {state: 'ready'},
    update(resource, changes) {
      const before = resource.properties
      resource.properties = {...before, ...changes}
      Object.assign(resource.attributes, kind(resource).update?.(resource, result.request(resource), before))
    },
  }
  return result
}

/** A resource that some other part of the account makes. */
export function put(
  world: World,
  type: string,
  physicalId: string,
  properties: Record<string, unknown> = {},
  attributes: Record<string, unknown> = {},
): Resource {
  const resource = {type, physicalId, properties, attributes, tags: {}, createdAt: world.now, data: {}}
  world.put(world.region(regionName), resource)
  return resource
}

/** Passes time second by second until something holds; says how long it took. */
export function secondsUntil(fixture: Fixture, holds: () => boolean, limit = 3600): number {
  for (let seconds = 0; seconds <= limit; seconds += 1) {
    if (holds()) return seconds
    fixture.pass(1)
  }
  throw new Error(`Nothing within ${limit} seconds`)
}
