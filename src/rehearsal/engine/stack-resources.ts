import {stackSeconds} from '../../durations.js'
import type {Resource} from '../account/account.js'
import type {RowWork} from '../account/event-data.js'
import type {StackRow} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {propertyProblems} from '../resources/property-problems.js'
import {handlerFailure, type Progress, ResourceFailure} from '../resources/resource-provider.js'
import {needsReplacement, unknownProperties} from '../resources/resource-schema.js'
import {sameValue} from './changes.js'
import {resolveDynamic} from './dynamic-references.js'
import {tellRow} from './events.js'
import {isMade} from './made-resources.js'
import {providerRequest, requireProvider, secondsOf} from './provider-request.js'
import {rowProperties} from './resource-properties.js'
import {awaitedSignals} from './signals.js'
import {jittered, operationOf, scheduleStackStep} from './stack-context.js'

/** Begins to create a row that the stack does not have yet. */
export function beginCreate(context: StackContext, row: StackRow): void {
  tellRow(context, row, 'CREATE_IN_PROGRESS')
  begun(context, row, 'create')
}

/**
 * Begins to bring an existing row to new properties: in place, or by a new physical resource beside the old one,
 * which is deleted when the whole update has succeeded.
 * Source: CloudFormation user guide, "Update behaviors of stack resources".
 */
export function beginUpdate(context: StackContext, row: StackRow, after: StackRow): void {
  const replace = row.type !== after.type || needsReplacement(row.type, row.properties, after.properties)
  const provider = requireProvider(context, after)
  const replaceOn = provider.replaceOn ?? []
  if (replace || replaceOn.some(name => !sameValue(row.properties[name], after.properties[name]))) {
    if (operationOf(context.stack).disableRollback) {
      throw new ResourceFailure('Replacement type updates not supported on stack with disable-rollback.')
    }
    operationOf(context.stack).leftovers.push({...row, deletionPolicy: after.updateReplacePolicy})
    context.stack.rows[row.logicalId] = {...after, physicalId: row.physicalId}
    tellRow(
      context,
      context.stack.rows[row.logicalId] as StackRow,
      'UPDATE_IN_PROGRESS',
      'Requested update requires the creation of a new physical resource; hence creating one.',
    )
    return begun(context, after, 'create')
  }
  tellRow(context, row, 'UPDATE_IN_PROGRESS')
  begun(context, row, 'apply')
}

/** Hands a new resource to its provider. @throws ResourceFailure in AWS's words. */
function createResource(context: StackContext, row: StackRow): void {
  const {world, region} = context
  checkProperties(row)
  const provider = requireProvider(context, row)
  const request = providerRequest(context, row, resolveDynamic(world, region, row.properties))
  const created = provider.create(request)
  world.put(region, {
    type: row.type,
    physicalId: created.physicalId,
    properties: request.properties,
    attributes: created.attributes ?? {},
    tags: request.tags,
    createdAt: world.now,
    owner: {stackId: context.stack.id, logicalId: row.logicalId},
    data: created.data ?? {},
  })
  row.physicalId = created.physicalId
  row.stackTags = context.stack.tags
  tellRow(context, row, row.status, 'Resource creation Initiated')
  settleLater(context, row, jittered(context, row.logicalId, 'create', secondsOf(provider).create))
}

/** Gives an existing resource its new properties. @throws ResourceFailure in AWS's words. */
function applyResource(context: StackContext, row: StackRow): void {
  const {world, region} = context
  Object.assign(row, rowProperties(context, row.logicalId))
  checkProperties(row)
  const provider = requireProvider(context, row)
  const resource = world.resource(region, row.type, row.physicalId)
  if (!resource) {
    throw handlerFailure(
      world,
      `Resource of type '${row.type}' with identifier '${row.physicalId}' was not found.`,
      'NotFound',
    )
  }
  const before = resource.properties
  const request = providerRequest(context, row, resolveDynamic(world, region, row.properties))
  resource.properties = request.properties
  resource.tags = request.tags
  row.stackTags = context.stack.tags
  Object.assign(resource.attributes, provider.update?.(resource, request, before))
  settleLater(context, row, jittered(context, row.logicalId, 'update', secondsOf(provider).update))
}

/** Looks whether a resource is ready: completes the row, looks again later, or throws why it failed. */
function settleResource(context: StackContext, row: StackRow): void {
  const {world, region} = context
  const provider = requireProvider(context, row)
  const resource = world.resource(region, row.type, row.physicalId)
  const operation = row.status.startsWith('CREATE') ? 'create' : 'update'
  const look = (): Progress =>
    (resource && provider.stabilized?.(resource, providerRequest(context, row, resource.properties), operation)) || {
      state: 'ready',
    }
  const progress = look()
  if (progress.state === 'failed') throw new ResourceFailure(progress.reason)
  if (progress.state === 'waiting') return settleLater(context, row, progress.seconds)
  const signalSeconds = awaitedSignals(context, row)
  if (signalSeconds !== undefined) return settleLater(context, row, signalSeconds)
  if (resource) {
    Object.assign(resource.attributes, progress.attributes)
    if (progress.physicalId !== undefined && progress.physicalId !== row.physicalId) {
      if (operation === 'update') leaveOld(context, row, resource)
      else world.remove(region, resource)
      const renamed = {...resource, physicalId: progress.physicalId}
      row.physicalId = progress.physicalId
      world.put(region, renamed)
    }
  }
  completeRow(context, row)
}

/** A provider made a new thing under a new id: the old one is deleted when the whole update has succeeded. */
function leaveOld(context: StackContext, row: StackRow, resource: Resource): void {
  const {properties, shown} = operationOf(context.stack).before?.rows[row.logicalId] ?? row
  context.world.put(context.region, {...structuredClone(resource), properties})
  operationOf(context.stack).leftovers.push({...row, properties, shown})
  tellRow(
    context,
    row,
    'UPDATE_IN_PROGRESS',
    'Requested update required the provider to create a new physical resource',
  )
}

/** A row is as it should be. */
export function completeRow(context: StackContext, row: StackRow): void {
  const operation = operationOf(context.stack)
  tellRow(context, row, row.status.replace('_IN_PROGRESS', '_COMPLETE'))
  operation.running = operation.running.filter(id => id !== row.logicalId)
  operation.done.push(row.logicalId)
  scheduleStackStep(context)
}

/** Does the part of a row's work that is due; a failure is told by the caller. */
export function workOn(context: StackContext, row: StackRow, work: RowWork): void {
  if (work === 'create') {
    Object.assign(row, rowProperties(context, row.logicalId))
    createResource(context, row)
  } else if (work === 'apply') applyResource(context, row)
  else settleResource(context, row)
}

/** Schedules the next part of a row's work. */
export function workLater(context: StackContext, row: StackRow, work: RowWork, seconds: number): void {
  const {world, region, stack} = context
  world.schedule('resource.work', seconds, region.name, {
    stackId: stack.id,
    operationId: operationOf(stack).id,
    logicalId: row.logicalId,
    work,
  })
}

function settleLater(context: StackContext, row: StackRow, seconds: number): void {
  workLater(context, row, 'settle', seconds)
}

function begun(context: StackContext, row: StackRow, work: RowWork): void {
  const operation = operationOf(context.stack)
  operation.running.push(row.logicalId)
  workLater(context, row, work, stackSeconds.initiation)
}

/** Source: CloudFormation's messages for properties that the resource type's schema does not know, misses or mistypes. */
function checkProperties(row: StackRow): void {
  const [unknown] = unknownProperties(row.type, row.properties)
  if (unknown !== undefined) throw new ResourceFailure(`Encountered unsupported property ${unknown}`)
  const problems = propertyProblems(row.type, row.properties)
  if (problems.length > 0) {
    const words = problems.map(({pointer, message}) => `${pointer}: ${message}`).join('\n')
    throw new ResourceFailure(
      `Properties validation failed for resource ${row.logicalId} with message:\n${words}`,
    )
  }
}

/**
 * A row failed: nothing new begins, what is under way is cancelled, and a little later the stack turns back.
 * Source: CloudFormation user guide, "Choose how to handle failures when provisioning resources".
 */
export function failRow(context: StackContext, logicalId: string, reason: string): void {
  const {stack, world, region} = context
  const operation = operationOf(stack)
  const row = stack.rows[logicalId]
  // What fails before its update begins has begun it all the same.
  if (row && !isUnderWay(row) && isMade(context, row)) tellRow(context, row, 'UPDATE_IN_PROGRESS')
  if (row && isUnderWay(row)) tellRow(context, row, row.status.replace('_IN_PROGRESS', '_FAILED'), reason)
  operation.failures.push({logicalId, reason})
  operation.running = operation.running.filter(id => id !== logicalId)
  world.schedule('stack.cancel', 0, region.name, {stackId: stack.id, operationId: operation.id})
}

function isUnderWay({status}: StackRow): boolean {
  return status.endsWith('_IN_PROGRESS')
}
