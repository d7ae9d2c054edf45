import type {Resource} from '../../../src/rehearsal/account/account.js'
import type {World} from '../../../src/rehearsal/account/world.js'
import {resolveDynamic} from '../../../src/rehearsal/engine/dynamic-references.js'
import type {
  Progress,
  ProviderRequest,
  ResourceProvider,
} from '../../../src/rehearsal/resources/resource-provider.js'
import {providerFor} from '../../../src/rehearsal/services/providers.js'

type Properties = Record<string, unknown>

/** Does with one resource at a time what the stack engine does, without waiting. */
export class Maker {
  readonly stackId = 'arn:aws:cloudformation:us-west-2:1:stack/demo/0'

  constructor(
    readonly world: World,
    readonly regionName = 'us-west-2',
  ) {}

  get region() {
    return this.world.region(this.regionName)
  }

  /** Creates a resource. @throws ResourceFailure as the resource would fail. */
  make(
    type: string,
    written: Properties = {},
    options: {logicalId?: string; tags?: Record<string, string>} = {},
  ): Resource {
    const properties = resolveDynamic(this.world, this.region, written)
    const {logicalId = 'Thing', tags = {}} = options
    const request = this.#request(properties, logicalId, tags)
    const created = kindFor(type).create(request)
    const resource: Resource = {
      type,
      physicalId: created.physicalId,
      properties,
      attributes: created.attributes ?? {},
      tags,
      createdAt: this.world.now,
      owner: {stackId: this.stackId, logicalId},
      data: created.data ?? {},
    }
    this.world.put(this.region, resource)
    return resource
  }

  /** Gives a resource other properties in place. */
  update(resource: Resource, properties: Properties): void {
    const before = resource.properties
    resource.properties = resolveDynamic(this.world, this.region, properties)
    const changed = kindFor(resource.type).update?.(resource, this.#requestOf(resource), before)
    Object.assign(resource.attributes, changed)
  }

  /** What the engine would be told when it asks whether the resource is ready. */
  settled(resource: Resource, operation: 'create' | 'update' | 'delete' = 'create'): Progress {
    return (
      kindFor(resource.type).stabilized?.(resource, this.#requestOf(resource), operation) ?? {state: 'ready'}
    )
  }

  /** Why the resource cannot be deleted; undefined when it can. */
  blocker(resource: Resource): string | undefined {
    return kindFor(resource.type).blocksDeletion?.(resource, this.#requestOf(resource))
  }

  /** Deletes the resource, blocked or not. */
  remove(resource: Resource): void {
    const kind = kindFor(resource.type)
    kind.deleting?.(resource, this.#requestOf(resource))
    this.world.remove(this.region, resource)
    kind.deleted?.(resource, this.#requestOf(resource))
  }

  #requestOf({properties, owner, tags}: Resource): ProviderRequest {
    return this.#request(properties, owner?.logicalId ?? '', tags)
  }

  #request(properties: Properties, logicalId: string, tags: Record<string, string>): ProviderRequest {
    const {world, region} = this
    return {
      world,
      region,
      properties,
      tags,
      stack: {id: this.stackId, name: 'demo'},
      logicalId,
      generatedName(maxLength) {
        const suffix = world.newSuffix(12)
        return `${`demo-${logicalId}`.slice(0, maxLength - suffix.length - 1)}-${suffix}`
      },
    }
  }
}

function kindFor(type: string): ResourceProvider {
  const kind = providerFor(type)
  if (!kind) throw new Error(`No kind for ${type}`)
  return kind
}
