import type {TypicalSeconds} from '../../durations.js'
import type {Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'

/** What a provider is given when a resource is created, updated or deleted. */
export interface ProviderRequest {
  world: World
  region: Region
  /** Resolved properties, dynamic references too. */
  properties: Record<string, unknown>
  /** Stack tags and the resource's own, merged. */
  tags: Record<string, string>
  stack: {id: string; name: string}
  logicalId: string
  /**
   * A name as CloudFormation makes them up: `<stack>-<logicalId>-<suffix>`, cut to `maxLength` characters.
   */
  generatedName(maxLength: number): string
}

/** How a template names resources of a type whose physical ids are not their names, or unique beyond a region. */
export interface Naming {
  /** The property that fixes the name. */
  property: string
  /** Who has a name; `properties` are those of the resource to be named, as far as they are known. */
  taken(name: string, place: Pick<ProviderRequest, 'world' | 'region' | 'properties'>): Resource | undefined
}

/** What a new resource is. */
export interface Created {
  physicalId: string
  /** Every attribute that `Fn::GetAtt` may ask for. */
  attributes?: Record<string, unknown>
  data?: Record<string, unknown>
}

/**
 * Whether a resource in the making is done. A custom resource learns its physical id and attributes only from
 * its function's answer, so `ready` may carry them.
 */
export type Progress =
  | {state: 'ready'; physicalId?: string; attributes?: Record<string, unknown>}
  | {state: 'waiting'; seconds: number}
  | {state: 'failed'; reason: string}

/**
 * One CloudFormation resource type as data and a few functions. The engine calls `create`, waits the typical time of
 * the type (± jitter), then asks `stabilized` (when present) until it is ready.
 *
 * Whatever throws {@link ResourceFailure} fails the resource with that reason.
 */
export interface ResourceProvider {
  type: string
  /** Only for what has a life of its own, which decides: seconds until `stabilized` is first asked. */
  seconds?: TypicalSeconds
  /** Absent where the physical id is the name that the schema's identifier fixes. */
  naming?: Naming
  create(request: ProviderRequest): Created
  /** Asked when the typical time is over, for things that become active on their own (services, builds). */
  stabilized?(
    resource: Resource,
    request: ProviderRequest,
    operation: 'create' | 'update' | 'delete',
  ): Progress
  /** Applies new properties in place; returns changed attributes. The engine has stored the new properties already. */
  update?(
    resource: Resource,
    request: ProviderRequest,
    before: Record<string, unknown>,
  ): Record<string, unknown> | undefined
  /** Why it cannot be deleted now, in the service's words; undefined when it can. */
  blocksDeletion?(resource: Resource, request: ProviderRequest): string | undefined
  /**
   * How CloudFormation's handler meets a resource that its service is deleting already: it waits and looks every so many
   * seconds, or fails in these words. Absent where it waits as for a deletion of its own. Sources: docs/head-start.md.
   */
  whenGoing?(resource: Resource, request: ProviderRequest): {waits: number} | {fails: string}
  /** CloudFormation waits for what it says in express mode too. */
  awaited?: true
  /** Deletion begins (drain, disable …); the resource vanishes when the time is over and `stabilized` agrees. */
  deleting?(resource: Resource, request: ProviderRequest): void
  /** The resource has vanished: clear what hangs on it. */
  deleted?(resource: Resource, request: ProviderRequest): void
  /**
   * What the service's own API would show where the properties as they were last set do not say it; undefined when the
   * service no longer counts the resource among what exists.
   */
  live?(
    resource: Resource,
    place: Pick<ProviderRequest, 'world' | 'region'>,
  ): Record<string, unknown> | undefined
  /** Properties whose change needs a new resource, beyond those of the resource type's schema. */
  replaceOn?: readonly string[]
}

/** Why a resource operation failed, in AWS's words. */
export class ResourceFailure extends Error {
  override name = 'ResourceFailure'
}

/**
 * The reason as a resource handler reports it.
 * Source: CloudFormation user guide, "Troubleshooting CloudFormation", resource handler messages.
 */
export function handlerFailure(
  world: World,
  message: string,
  code = 'GeneralServiceException',
): ResourceFailure {
  return new ResourceFailure(
    `Resource handler returned message: "${message}" (RequestToken: ${world.newUuid()}, HandlerErrorCode: ${code})`,
  )
}
