import {stackSeconds} from '../../durations.js'
import type {Resource} from '../account/account.js'
import type {ResourceWork} from '../account/event-data.js'
import type {StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {settleInBackground} from '../resources/going.js'
import {propertyProblems} from '../resources/property-problems.js'
import {handlerFailure, type Progress, ResourceFailure} from '../resources/resource-provider.js'
import {needsReplacement, unknownProperties} from '../resources/resource-schema.js'
import {sameValue} from './changes.js'
import {resolveDynamic} from './dynamic-references.js'
import {emitResourceEvent} from './events.js'
import {
  endsEarly,
  expressReason,
  expressSeconds,
  isExpress,
  needsAreSettling,
  retrySeconds,
} from './express.js'
import {isMade} from './made-resources.js'
import {providerRequest, requireProvider, secondsOf} from './provider-request.js'
import {resourceProperties} from './resource-properties.js'
import {awaitedSignals, hasCreationPolicy} from './signals.js'
import {jittered, nestedStackType, operationOf, scheduleStackStep} from './stack-context.js'

/** Begins to create a resource that the stack does not have yet. */
export function beginCreate(context: StackContext, stackResource: StackResource): void {
  emitResourceEvent(context, stackResource, 'CREATE_IN_PROGRESS')
  begun(context, stackResource, 'create')
}

/**
 * Begins to bring an existing resource to new properties: in place, or by a new physical resource beside the old one,
 * which is deleted when the whole update has succeeded.
 * Source: CloudFormation user guide, "Update behaviors of stack resources".
 */
export function beginUpdate(context: StackContext, stackResource: StackResource, after: StackResource): void {
  const replace =
    stackResource.type !== after.type ||
    needsReplacement(stackResource.type, stackResource.properties, after.properties)
  const provider = requireProvider(context, after)
  const replaceOn = provider.replaceOn ?? []
  if (replace || replaceOn.some(name => !sameValue(stackResource.properties[name], after.properties[name]))) {
    if (operationOf(context.stack).disableRollback) {
      throw new ResourceFailure('Replacement type updates not supported on stack with disable-rollback.')
    }
    operationOf(context.stack).pendingDeletes.push({
      ...stackResource,
      deletionPolicy: after.updateReplacePolicy,
    })
    context.stack.resources[stackResource.logicalId] = {...after, physicalId: stackResource.physicalId}
    emitResourceEvent(
      context,
      context.stack.resources[stackResource.logicalId] as StackResource,
      'UPDATE_IN_PROGRESS',
      'Requested update requires the creation of a new physical resource; hence creating one.',
    )
    return begun(context, after, 'create')
  }
  emitResourceEvent(context, stackResource, 'UPDATE_IN_PROGRESS')
  begun(context, stackResource, 'apply')
}

/** Hands a new resource to its provider. @throws ResourceFailure in AWS's words. */
function createResource(context: StackContext, stackResource: StackResource): void {
  const {world, region} = context
  checkProperties(stackResource)
  const provider = requireProvider(context, stackResource)
  const request = providerRequest(
    context,
    stackResource,
    resolveDynamic(world, region, stackResource.properties),
  )
  const created = provider.create(request)
  world.put(region, {
    type: stackResource.type,
    physicalId: created.physicalId,
    properties: request.properties,
    attributes: created.attributes ?? {},
    tags: request.tags,
    createdAt: world.now,
    owner: {stackId: context.stack.id, logicalId: stackResource.logicalId},
    data: created.data ?? {},
  })
  stackResource.physicalId = created.physicalId
  stackResource.stackTags = context.stack.tags
  emitResourceEvent(context, stackResource, stackResource.status, 'Resource creation Initiated')
  checkStabilizedLater(
    context,
    stackResource,
    jittered(context, stackResource.logicalId, 'create', secondsOf(provider).create),
  )
}

/** Gives an existing resource its new properties. @throws ResourceFailure in AWS's words. */
function applyResource(context: StackContext, stackResource: StackResource): void {
  const {world, region} = context
  Object.assign(stackResource, resourceProperties(context, stackResource.logicalId))
  checkProperties(stackResource)
  const provider = requireProvider(context, stackResource)
  const resource = world.resource(region, stackResource.type, stackResource.physicalId)
  if (!resource) {
    throw handlerFailure(
      world,
      `Resource of type '${stackResource.type}' with identifier '${stackResource.physicalId}' was not found.`,
      'NotFound',
    )
  }
  const before = resource.properties
  const request = providerRequest(
    context,
    stackResource,
    resolveDynamic(world, region, stackResource.properties),
  )
  resource.properties = request.properties
  resource.tags = request.tags
  stackResource.stackTags = context.stack.tags
  Object.assign(resource.attributes, provider.update?.(resource, request, before))
  checkStabilizedLater(
    context,
    stackResource,
    jittered(context, stackResource.logicalId, 'update', secondsOf(provider).update),
  )
}

/** Looks whether a resource is ready: completes the resource, looks again later, or throws why it failed. */
function checkStabilized(context: StackContext, stackResource: StackResource): void {
  const {world, region} = context
  const provider = requireProvider(context, stackResource)
  const resource = world.resource(region, stackResource.type, stackResource.physicalId)
  if (endsEarly(context, stackResource) && !hasCreationPolicy(context, stackResource)) {
    return completeResource(context, stackResource)
  }
  const operation = stackResource.status.startsWith('CREATE') ? 'create' : 'update'
  const look = (): Progress =>
    (resource &&
      provider.stabilized?.(
        resource,
        providerRequest(context, stackResource, resource.properties),
        operation,
      )) || {
      state: 'ready',
    }
  const progress = look()
  if (progress.state === 'failed') throw new ResourceFailure(progress.reason)
  if (progress.state === 'waiting') return checkStabilizedLater(context, stackResource, progress.seconds)
  const signalSeconds = awaitedSignals(context, stackResource)
  if (signalSeconds !== undefined) return checkStabilizedLater(context, stackResource, signalSeconds)
  if (resource) {
    Object.assign(resource.attributes, progress.attributes)
    if (progress.physicalId !== undefined && progress.physicalId !== stackResource.physicalId) {
      if (operation === 'update') leaveOld(context, stackResource, resource)
      else world.remove(region, resource)
      const renamed = {...resource, physicalId: progress.physicalId}
      stackResource.physicalId = progress.physicalId
      world.put(region, renamed)
    }
  }
  completeResource(context, stackResource)
}

/** A provider made a new thing under a new id: the old one is deleted when the whole update has succeeded. */
function leaveOld(context: StackContext, stackResource: StackResource, resource: Resource): void {
  const {properties, shown} =
    operationOf(context.stack).before?.resources[stackResource.logicalId] ?? stackResource
  context.world.put(context.region, {...structuredClone(resource), properties})
  operationOf(context.stack).pendingDeletes.push({...stackResource, properties, shown})
  emitResourceEvent(
    context,
    stackResource,
    'UPDATE_IN_PROGRESS',
    'Requested update required the provider to create a new physical resource',
  )
}

/** A resource is as it should be. */
export function completeResource(context: StackContext, stackResource: StackResource): void {
  const operation = operationOf(context.stack)
  const isNested = stackResource.type === nestedStackType
  const early = isNested ? isExpress(context.stack) : endsEarly(context, stackResource)
  emitResourceEvent(
    context,
    stackResource,
    stackResource.status.replace('_IN_PROGRESS', '_COMPLETE'),
    early ? expressReason : undefined,
  )
  operation.running = operation.running.filter(id => id !== stackResource.logicalId)
  operation.done.push(stackResource.logicalId)
  scheduleStackStep(context)
}

/** Does the part of a resource's work that is due; a failure is told by the caller. */
export function workOn(context: StackContext, stackResource: StackResource, work: ResourceWork): void {
  if (work === 'create') {
    Object.assign(stackResource, resourceProperties(context, stackResource.logicalId))
    try {
      createResource(context, stackResource)
    } catch (error) {
      // Source: CloudFormation user guide, express mode: what fails because its needs are not ready is tried again.
      if (!isExpress(context.stack) || !needsAreSettling(context, stackResource)) throw error
      workLater(context, stackResource, 'create', retrySeconds)
    }
  } else if (work === 'apply') applyResource(context, stackResource)
  else checkStabilized(context, stackResource)
}

/** Schedules the next part of a resource's work. */
export function workLater(
  context: StackContext,
  stackResource: StackResource,
  work: ResourceWork,
  seconds: number,
): void {
  const {world, region, stack} = context
  world.schedule('resource.work', seconds, region.name, {
    stackId: stack.id,
    operationId: operationOf(stack).id,
    logicalId: stackResource.logicalId,
    work,
  })
}

function checkStabilizedLater(context: StackContext, stackResource: StackResource, seconds: number): void {
  if (!endsEarly(context, stackResource)) return workLater(context, stackResource, 'settle', seconds)
  const {world, region} = context
  const resource = world.resource(region, stackResource.type, stackResource.physicalId)
  if (resource && seconds > expressSeconds) settleInBackground(world, resource, seconds)
  workLater(context, stackResource, 'settle', Math.min(seconds, expressSeconds))
}

function begun(context: StackContext, stackResource: StackResource, work: ResourceWork): void {
  const operation = operationOf(context.stack)
  operation.running.push(stackResource.logicalId)
  workLater(context, stackResource, work, stackSeconds.initiation)
}

/** Source: CloudFormation's messages for properties that the resource type's schema does not know, misses or mistypes. */
function checkProperties(stackResource: StackResource): void {
  const [unknown] = unknownProperties(stackResource.type, stackResource.properties)
  if (unknown !== undefined) throw new ResourceFailure(`Encountered unsupported property ${unknown}`)
  const problems = propertyProblems(stackResource.type, stackResource.properties)
  if (problems.length > 0) {
    const words = problems.map(({pointer, message}) => `${pointer}: ${message}`).join('\n')
    throw new ResourceFailure(
      `Properties validation failed for resource ${stackResource.logicalId} with message:\n${words}`,
    )
  }
}

/**
 * A resource failed: nothing new begins, what is under way is cancelled, and a little later the stack rolls back.
 * Source: CloudFormation user guide, "Choose how to handle failures when provisioning resources".
 */
export function failResource(context: StackContext, logicalId: string, reason: string): void {
  const {stack, world, region} = context
  const operation = operationOf(stack)
  const stackResource = stack.resources[logicalId]
  // What fails before its update begins has begun it all the same.
  if (stackResource && !isUnderWay(stackResource) && isMade(context, stackResource))
    emitResourceEvent(context, stackResource, 'UPDATE_IN_PROGRESS')
  if (stackResource && isUnderWay(stackResource))
    emitResourceEvent(context, stackResource, stackResource.status.replace('_IN_PROGRESS', '_FAILED'), reason)
  operation.failures.push({logicalId, reason})
  operation.running = operation.running.filter(id => id !== logicalId)
  world.schedule('stack.cancel', 0, region.name, {stackId: stack.id, operationId: operation.id})
}

function isUnderWay({status}: StackResource): boolean {
  return status.endsWith('_IN_PROGRESS')
}
