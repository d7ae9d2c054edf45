import {messageOf} from '../../errors.js'
import type {EventData} from '../account/event-data.js'
import type {Stack, StackRow} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {rowFailure} from '../faults/resource-faults.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {beginDeletion} from './begin-deletion.js'
import {tellRow} from './events.js'
import {isInterruptible} from './interruptible.js'
import {takeLastSnapshot} from './last-snapshot.js'
import {rowsToDelete} from './pending-deletes.js'
import {providerRequest, requireProvider, secondsOf} from './provider-request.js'
import {childOf, jittered, nestedStackType, operationOf, scheduleStackStep} from './stack-context.js'

/** Seconds until CloudFormation gives up on a resource that cannot be deleted. */
const blockedSeconds = 15
/** How often a leftover's deletion is tried. Source: CloudFormation user guide, "Troubleshooting CloudFormation". */
const cleanupAttempts = 3

/** The time of a row's deletion is over: it is gone, needs longer, or failed. */
export function finishRowDeletion(
  context: StackContext,
  {logicalId, physicalId, blocked}: EventData['resource.gone'],
): void {
  const row = rowsToDelete(context.stack).find(
    candidate =>
      candidate.logicalId === logicalId &&
      candidate.physicalId === physicalId &&
      candidate.status === 'DELETE_IN_PROGRESS',
  )
  if (!row) return
  try {
    if (blocked !== undefined) throw new ResourceFailure(blocked)
    const waitSeconds = removeResource(context, row)
    if (waitSeconds !== undefined) return goneLater(context, row, waitSeconds)
    tellRow(context, row, 'DELETE_COMPLETE')
  } catch (error) {
    notDeleted(context, row, messageOf(error))
  }
  scheduleStackStep(context)
}

/** A leftover is tried again; what a forced deletion cannot delete stays, and so does what that needs. */
export function notDeleted(context: StackContext, row: StackRow, reason: string): void {
  const operation = operationOf(context.stack)
  tellRow(context, row, 'DELETE_FAILED', reason)
  if (operation.force) {
    operation.retain = [...(operation.retain ?? []), row.logicalId, ...neededBy(context, row)]
    return tellRow(context, row, 'DELETE_SKIPPED')
  }
  if (operation.phase !== 'cleaning-up') return
  const attempts = (operation.attempts?.[row.physicalId] ?? 0) + 1
  operation.attempts = {...operation.attempts, [row.physicalId]: attempts}
  if (attempts === cleanupAttempts) return
  beginRowDeletion(context, row)
}

/** Logical ids of everything that a row was created after, near and far. */
function neededBy({stack}: StackContext, row: StackRow): string[] {
  const found = new Set<string>()
  const open = [...row.needs]
  for (let need = open.pop(); need !== undefined; need = open.pop()) {
    if (found.has(need)) continue
    found.add(need)
    open.push(...(stack.rows[need]?.needs ?? []))
  }
  return [...found]
}

/** Begins to delete what a row stands for. */
export function beginRowDeletion(context: StackContext, row: StackRow): void {
  if (row.physicalId === '') return tellRow(context, row, 'DELETE_COMPLETE')
  if (isRetained(context, row)) return tellRow(context, row, 'DELETE_SKIPPED')
  tellRow(context, row, 'DELETE_IN_PROGRESS')
  const fault = rowFailure(context, row, 'delete', 'begin')
  if (fault !== undefined) return goneLater(context, row, blockedSeconds, fault)
  if (row.type === nestedStackType) {
    const child = childOf(context, row.physicalId)
    if (!child || child.stack.status === 'DELETE_COMPLETE') return goneLater(context, row, 1)
    // What an operation before this one began goes on.
    if (child.stack.status === 'DELETE_IN_PROGRESS') return
    const blocked = updatedByItself(child.stack)
    if (blocked !== undefined) return goneLater(context, row, blockedSeconds, blocked)
    const {force, undoesCreation} = operationOf(context.stack)
    child.stack.clientRequestToken = context.stack.clientRequestToken
    return beginDeletion(child, {force, undoesCreation})
  }
  const resource = context.world.resource(context.region, row.type, row.physicalId)
  if (!resource) return goneLater(context, row, 1)
  const provider = requireProvider(context, row)
  const request = providerRequest(context, row, resource.properties)
  const blocked = provider.blocksDeletion?.(resource, request)
  if (blocked !== undefined) return goneLater(context, row, blockedSeconds, blocked)
  provider.deleting?.(resource, request)
  const extra = row.deletionPolicy === 'Snapshot' ? takeLastSnapshot(context, row) : 0
  goneLater(context, row, jittered(context, row.logicalId, 'delete', secondsOf(provider).delete) + extra)
}

/** Why a nested stack cannot be deleted now, in DeleteStack's words: somebody has begun to update it by itself. */
function updatedByItself({id, status, operation}: Stack): string | undefined {
  if (operation === undefined || operation.ofParent || isInterruptible(status)) return undefined
  return `Stack [${id}] cannot be deleted while in status ${status}`
}

/** Seconds still to wait, or undefined when the resource is gone. @throws ResourceFailure in AWS's words. */
function removeResource(context: StackContext, row: StackRow): number | undefined {
  const {world, region} = context
  const resource = world.resource(region, row.type, row.physicalId)
  if (!resource) return undefined
  const provider = requireProvider(context, row)
  const request = providerRequest(context, row, resource.properties)
  const progress = provider.stabilized?.(resource, request, 'delete') ?? {state: 'ready'}
  if (progress.state === 'failed') throw new ResourceFailure(progress.reason)
  if (progress.state === 'waiting') return progress.seconds
  world.remove(region, resource)
  provider.deleted?.(resource, request)
  return undefined
}

function goneLater(context: StackContext, row: StackRow, seconds: number, blocked?: string): void {
  const {world, region, stack} = context
  world.schedule('resource.gone', seconds, region.name, {
    stackId: stack.id,
    operationId: operationOf(stack).id,
    logicalId: row.logicalId,
    physicalId: row.physicalId,
    blocked,
  })
}

/**
 * Source: CloudFormation user guide, "DeletionPolicy attribute": RetainExceptOnCreate keeps a resource but when the
 * operation that created it is rolled back.
 */
function isRetained(context: StackContext, {deletionPolicy, logicalId}: StackRow): boolean {
  const {retain, undoesCreation} = operationOf(context.stack)
  if (retain?.includes(logicalId)) return true
  if (deletionPolicy === 'RetainExceptOnCreate') return !undoesCreation
  return deletionPolicy === 'Retain' && !(undoesCreation && rootOf(context).retainExceptOnCreate)
}

function rootOf({region, stack}: StackContext) {
  return (stack.rootId === undefined ? undefined : region.stacks[stack.rootId]) ?? stack
}
