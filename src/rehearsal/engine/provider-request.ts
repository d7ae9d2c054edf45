import {type TypicalSeconds, typicalSeconds} from '../../durations.js'
import type {Region, Resource} from '../account/account.js'
import type {StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import type {World} from '../account/world.js'
import type {ProviderRequest, ResourceProvider} from '../resources/resource-provider.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {providerOf} from './providers.js'

/** The provider of a stack's resource. @throws ResourceFailure for a type that the account does not know. */
export function requireProvider({world}: StackContext, stackResource: {type: string}): ResourceProvider {
  const provider = providerOf(world, stackResource.type)
  if (!provider) throw new ResourceFailure(`Unrecognized resource type: ${stackResource.type}`)
  return provider
}

/** Typical seconds, before jitter. */
export function secondsOf(provider: ResourceProvider): TypicalSeconds {
  return provider.seconds ?? typicalSeconds(provider.type)
}

/** The same for a resource that no stack is at work on. */
export function requestOf(world: World, region: Region, resource: Resource): ProviderRequest {
  const {properties, tags, owner} = resource
  const stack = owner && region.stacks[owner.stackId]
  const logicalId = owner?.logicalId ?? ''
  return {
    world,
    region,
    properties,
    tags,
    stack: {id: stack?.id ?? '', name: stack?.name ?? ''},
    logicalId,
    generatedName: maxLength => `${logicalId}-${world.newSuffix(12)}`.slice(-maxLength),
  }
}

/**
 * What a provider needs to know about a resource.
 * @param properties without dynamic references: the resource keeps them as they are written
 */
export function providerRequest(
  context: StackContext,
  stackResource: StackResource,
  properties: Record<string, unknown>,
): ProviderRequest {
  const {world, region, stack} = context
  return {
    world,
    region,
    properties,
    tags: tagsOf(context, stackResource, properties),
    stack: {id: stack.id, name: stack.name},
    logicalId: stackResource.logicalId,
    generatedName(maxLength) {
      const suffix = world.newSuffix(12)
      const room = Math.max(1, maxLength - suffix.length - 1)
      return `${`${stack.name}-${stackResource.logicalId}`.slice(0, room)}-${suffix}`
    },
  }
}

/**
 * Stack tags, CloudFormation's own, and the resource's, which win.
 * Source: CloudFormation user guide, "Resource tags".
 */
function tagsOf(
  {stack}: StackContext,
  stackResource: StackResource,
  properties: Record<string, unknown>,
): Record<string, string> {
  const tags: Record<string, string> = {
    ...stack.tags,
    'aws:cloudformation:stack-name': stack.name,
    'aws:cloudformation:stack-id': stack.id,
    'aws:cloudformation:logical-id': stackResource.logicalId,
  }
  for (const name of ['Tags', 'FileSystemTags', 'AccessPointTags', 'HostedZoneTags']) {
    Object.assign(tags, tagMap(properties[name]))
  }
  return tags
}

function tagMap(value: unknown): Record<string, string> {
  if (Array.isArray(value)) {
    return Object.fromEntries(
      value.flatMap(tag =>
        tag && typeof tag === 'object' && 'Key' in tag ? [[String(tag.Key), String(tag.Value ?? '')]] : [],
      ),
    )
  }
  if (!value || typeof value !== 'object') return {}
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]))
}
