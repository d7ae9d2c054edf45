import {messageOf} from '../../errors.js'
import type {Resource} from '../account/account.js'
import type {EventData} from '../account/event-data.js'
import type {Stack, StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {resourceFailure} from '../faults/resource-faults.js'
import {beginGoing, goingOf} from '../resources/going.js'
import {type ProviderRequest, ResourceFailure, type ResourceProvider} from '../resources/resource-provider.js'
import {beginDeletion} from './begin-deletion.js'
import {unreadableSecret} from './dynamic-references.js'
import {emitResourceEvent} from './events.js'
import {
  endsEarly,
  expressReason,
  expressSeconds,
  isExpress,
  retrySeconds,
  somethingIsGoing,
} from './express.js'
import {isInterruptible} from './interruptible.js'
import {takeLastSnapshot} from './last-snapshot.js'
import {resourcesToDelete} from './pending-deletes.js'
import {providerRequest, requireProvider, secondsOf} from './provider-request.js'
import {childOf, jittered, nestedStackType, operationOf, scheduleStackStep} from './stack-context.js'

/** Seconds until CloudFormation gives up on a resource that cannot be deleted. */
const blockedSeconds = 15
/** How often CloudFormation looks whether a deletion that somebody else began is done, where no source says how often. */
const lookSeconds = 5
/** How often a pending delete's deletion is tried. Source: CloudFormation user guide, "Troubleshooting CloudFormation". */
const cleanupAttempts = 3

/** The time of a resource's deletion is over: it is gone, needs longer, or failed. */
export function finishResourceDeletion(
  context: StackContext,
  {logicalId, physicalId, blocked, again}: EventData['resource.gone'],
): void {
  const stackResource = resourcesToDelete(context.stack).find(
    candidate =>
      candidate.logicalId === logicalId &&
      candidate.physicalId === physicalId &&
      candidate.status === 'DELETE_IN_PROGRESS',
  )
  if (!stackResource) return
  try {
    if (blocked !== undefined) throw new ResourceFailure(blocked)
    if (again) return beginPhysicalDeletion(context, stackResource)
    const waitSeconds = removeResource(context, stackResource)
    if (waitSeconds !== undefined) return goneLater(context, stackResource, waitSeconds)
    emitDeleted(context, stackResource)
  } catch (error) {
    notDeleted(context, stackResource, messageOf(error))
  }
  scheduleStackStep(context)
}

/** A pending delete is tried again; what a forced deletion cannot delete stays, and so does what that needs. */
export function notDeleted(context: StackContext, stackResource: StackResource, reason: string): void {
  const operation = operationOf(context.stack)
  emitResourceEvent(context, stackResource, 'DELETE_FAILED', reason)
  if (operation.force) {
    operation.retain = [
      ...(operation.retain ?? []),
      stackResource.logicalId,
      ...neededBy(context, stackResource),
    ]
    return emitResourceEvent(context, stackResource, 'DELETE_SKIPPED')
  }
  if (operation.phase !== 'cleaning-up') return
  const attempts = (operation.attempts?.[stackResource.physicalId] ?? 0) + 1
  operation.attempts = {...operation.attempts, [stackResource.physicalId]: attempts}
  if (attempts === cleanupAttempts) return
  beginResourceDeletion(context, stackResource)
}

/** Logical ids of everything that a resource was created after, near and far. */
function neededBy({stack}: StackContext, stackResource: StackResource): string[] {
  const found = new Set<string>()
  const open = [...stackResource.needs]
  for (let need = open.pop(); need !== undefined; need = open.pop()) {
    if (found.has(need)) continue
    found.add(need)
    open.push(...(stack.resources[need]?.needs ?? []))
  }
  return [...found]
}

/** Begins to delete what a resource stands for. */
export function beginResourceDeletion(context: StackContext, stackResource: StackResource): void {
  if (stackResource.physicalId === '') return emitResourceEvent(context, stackResource, 'DELETE_COMPLETE')
  if (isRetained(context, stackResource)) return emitResourceEvent(context, stackResource, 'DELETE_SKIPPED')
  emitResourceEvent(context, stackResource, 'DELETE_IN_PROGRESS')
  const fault = resourceFailure(context, stackResource, 'delete', 'begin')
  if (fault !== undefined) return goneLater(context, stackResource, blockedSeconds, fault)
  if (stackResource.type === nestedStackType) {
    const child = childOf(context, stackResource.physicalId)
    if (!child || child.stack.status === 'DELETE_COMPLETE') return goneLater(context, stackResource, 1)
    // What an operation before this one began continues.
    if (child.stack.status === 'DELETE_IN_PROGRESS') return
    const blocked = updatedByItself(child.stack)
    if (blocked !== undefined) return goneLater(context, stackResource, blockedSeconds, blocked)
    const {force, undoesCreation} = operationOf(context.stack)
    child.stack.deploymentConfig = context.stack.deploymentConfig
    child.stack.clientRequestToken = context.stack.clientRequestToken
    return beginDeletion(child, {force, undoesCreation})
  }
  beginPhysicalDeletion(context, stackResource)
}

/** Begins to delete the thing itself, unless something keeps it. */
function beginPhysicalDeletion(context: StackContext, stackResource: StackResource): void {
  const {world, region} = context
  const resource = world.resource(region, stackResource.type, stackResource.physicalId)
  if (!resource) return goneLater(context, stackResource, 1)
  const provider = requireProvider(context, stackResource)
  const request = providerRequest(context, stackResource, resource.properties)
  if (goingOf(resource)) {
    const met = meetingWith(provider, resource, request)
    return 'fails' in met
      ? goneLater(context, stackResource, blockedSeconds, met.fails)
      : goneLater(context, stackResource, met.waits)
  }
  const blocked =
    unreadableSecret(context.world, context.region, stackResource.properties) ??
    provider.blocksDeletion?.(resource, request)
  if (blocked !== undefined) return blockedFor(context, stackResource, blocked)
  provider.deleting?.(resource, request)
  const extra = stackResource.deletionPolicy === 'Snapshot' ? takeLastSnapshot(context, stackResource) : 0
  const seconds = jittered(context, stackResource.logicalId, 'delete', secondsOf(provider).delete) + extra
  if (!endsEarly(context, stackResource)) return goneLater(context, stackResource, seconds)
  beginGoing(world, region, resource, seconds)
  goneLater(context, stackResource, Math.min(seconds, expressSeconds))
}

/** In express mode what keeps a resource may be going already: then it is tried again. */
function blockedFor(context: StackContext, stackResource: StackResource, reason: string): void {
  const {region, stack} = context
  if (!isExpress(stack) || !somethingIsGoing(region, stack)) {
    return goneLater(context, stackResource, blockedSeconds, reason)
  }
  goneLater(context, stackResource, retrySeconds, undefined, true)
}

/** What became of a resource in express mode is nobody's concern any more; its row says so. */
function emitDeleted(context: StackContext, stackResource: StackResource): void {
  const reason = endsEarly(context, stackResource) ? expressReason : undefined
  emitResourceEvent(context, stackResource, 'DELETE_COMPLETE', reason)
}

/** How the handler of a type meets a resource that its service is deleting already. */
function meetingWith(provider: ResourceProvider, resource: Resource, request: ProviderRequest) {
  return provider.whenGoing?.(resource, request) ?? {waits: lookSeconds}
}

/** Why a nested stack cannot be deleted now, in DeleteStack's words: somebody has begun to update it by itself. */
function updatedByItself({id, status, operation}: Stack): string | undefined {
  if (operation === undefined || operation.ofParent || isInterruptible(status)) return undefined
  return `Stack [${id}] cannot be deleted while in status ${status}`
}

/** Seconds still to wait, or undefined when the resource is gone. @throws ResourceFailure in AWS's words. */
function removeResource(context: StackContext, stackResource: StackResource): number | undefined {
  const {world, region} = context
  const resource = world.resource(region, stackResource.type, stackResource.physicalId)
  if (!resource) return undefined
  const provider = requireProvider(context, stackResource)
  if (endsEarly(context, stackResource)) return undefined
  const request = providerRequest(context, stackResource, resource.properties)
  // Somebody else's deletion: the service ends it, and CloudFormation finds the resource gone.
  if (goingOf(resource)) {
    const met = meetingWith(provider, resource, request)
    return 'waits' in met ? met.waits : lookSeconds
  }
  const progress = provider.stabilized?.(resource, request, 'delete') ?? {state: 'ready'}
  if (progress.state === 'failed') throw new ResourceFailure(progress.reason)
  if (progress.state === 'waiting') return progress.seconds
  world.remove(region, resource)
  provider.deleted?.(resource, request)
  return undefined
}

function goneLater(
  context: StackContext,
  stackResource: StackResource,
  seconds: number,
  blocked?: string,
  again?: true,
): void {
  const {world, region, stack} = context
  world.schedule('resource.gone', seconds, region.name, {
    stackId: stack.id,
    operationId: operationOf(stack).id,
    logicalId: stackResource.logicalId,
    physicalId: stackResource.physicalId,
    blocked,
    again,
  })
}

/**
 * Source: CloudFormation user guide, "DeletionPolicy attribute": RetainExceptOnCreate keeps a resource but when the
 * operation that created it is rolled back.
 */
function isRetained(context: StackContext, {deletionPolicy, logicalId}: StackResource): boolean {
  const {retain, undoesCreation} = operationOf(context.stack)
  if (retain?.includes(logicalId)) return true
  if (deletionPolicy === 'RetainExceptOnCreate') return !undoesCreation
  return deletionPolicy === 'Retain' && !(undoesCreation && rootOf(context).retainExceptOnCreate)
}

function rootOf({region, stack}: StackContext) {
  return (stack.rootId === undefined ? undefined : region.stacks[stack.rootId]) ?? stack
}
