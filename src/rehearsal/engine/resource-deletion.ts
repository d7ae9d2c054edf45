import {messageOf} from '../../errors.js'
import {rowFailure} from '../faults/resource-faults.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {beginDeletion} from './begin-deletion.js'
import {tellRow} from './events.js'
import {isInterruptible} from './interruptible.js'
import {takeLastSnapshot} from './last-snapshot.js'
import {rowsToDelete} from './pending-deletes.js'
import {kindOfRow, kindRequest, secondsOf} from './provider-request.js'
import type {Stack, StackRow} from './stack.js'
import {childOf, jittered, nestedStackType, nudge, operationOf, type Scene} from './stack-context.js'

/** Seconds until CloudFormation gives up on a resource that cannot be deleted. */
const blockedSeconds = 15
/** How often a leftover's deletion is tried. Source: CloudFormation user guide, "Troubleshooting CloudFormation". */
const cleanupAttempts = 3

/** What the agenda carries of a deletion under way; `blocked` is why it will fail. */
export type RowGone = Pick<StackRow, 'logicalId' | 'physicalId'> & {blocked?: string}

/** The time of a row's deletion is over: it is gone, needs longer, or failed. */
export function finishRowDeletion(scene: Scene, {logicalId, physicalId, blocked}: RowGone): void {
  const row = rowsToDelete(scene.stack).find(
    candidate =>
      candidate.logicalId === logicalId &&
      candidate.physicalId === physicalId &&
      candidate.status === 'DELETE_IN_PROGRESS',
  )
  if (!row) return
  try {
    if (blocked !== undefined) throw new ResourceFailure(blocked)
    const waitSeconds = removeResource(scene, row)
    if (waitSeconds !== undefined) return goneLater(scene, row, waitSeconds)
    tellRow(scene, row, 'DELETE_COMPLETE')
  } catch (error) {
    notDeleted(scene, row, messageOf(error))
  }
  nudge(scene)
}

/** A leftover is tried again; what a forced deletion cannot delete stays, and so does what that needs. */
export function notDeleted(scene: Scene, row: StackRow, reason: string): void {
  const operation = operationOf(scene.stack)
  tellRow(scene, row, 'DELETE_FAILED', reason)
  if (operation.force) {
    operation.retain = [...(operation.retain ?? []), row.logicalId, ...neededBy(scene, row)]
    return tellRow(scene, row, 'DELETE_SKIPPED')
  }
  if (operation.phase !== 'cleaning-up') return
  const attempts = (operation.attempts?.[row.physicalId] ?? 0) + 1
  operation.attempts = {...operation.attempts, [row.physicalId]: attempts}
  if (attempts === cleanupAttempts) return
  beginRowDeletion(scene, row)
}

/** Logical ids of everything that a row was created after, near and far. */
function neededBy({stack}: Scene, row: StackRow): string[] {
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
export function beginRowDeletion(scene: Scene, row: StackRow): void {
  if (row.physicalId === '') return tellRow(scene, row, 'DELETE_COMPLETE')
  if (isRetained(scene, row)) return tellRow(scene, row, 'DELETE_SKIPPED')
  tellRow(scene, row, 'DELETE_IN_PROGRESS')
  const fault = rowFailure(scene, row, 'delete', 'begin')
  if (fault !== undefined) return goneLater(scene, row, blockedSeconds, fault)
  if (row.type === nestedStackType) {
    const child = childOf(scene, row.physicalId)
    if (!child || child.stack.status === 'DELETE_COMPLETE') return goneLater(scene, row, 1)
    // What an operation before this one began goes on.
    if (child.stack.status === 'DELETE_IN_PROGRESS') return
    const blocked = updatedByItself(child.stack)
    if (blocked !== undefined) return goneLater(scene, row, blockedSeconds, blocked)
    const {force, undoesCreation} = operationOf(scene.stack)
    child.stack.clientRequestToken = scene.stack.clientRequestToken
    return beginDeletion(child, {force, undoesCreation})
  }
  const resource = scene.world.resource(scene.region, row.type, row.physicalId)
  if (!resource) return goneLater(scene, row, 1)
  const kind = kindOfRow(row)
  const request = kindRequest(scene, row, resource.properties)
  const blocked = kind.blocksDeletion?.(resource, request)
  if (blocked !== undefined) return goneLater(scene, row, blockedSeconds, blocked)
  kind.deleting?.(resource, request)
  const extra = row.deletionPolicy === 'Snapshot' ? takeLastSnapshot(scene, row) : 0
  goneLater(scene, row, jittered(scene, row.logicalId, 'delete', secondsOf(kind).delete) + extra)
}

/** Why a nested stack cannot be deleted now, in DeleteStack's words: somebody has begun to update it by itself. */
function updatedByItself({id, status, operation}: Stack): string | undefined {
  if (operation === undefined || operation.ofParent || isInterruptible(status)) return undefined
  return `Stack [${id}] cannot be deleted while in status ${status}`
}

/** Seconds still to wait, or undefined when the resource is gone. @throws ResourceFailure in AWS's words. */
function removeResource(scene: Scene, row: StackRow): number | undefined {
  const {world, region} = scene
  const resource = world.resource(region, row.type, row.physicalId)
  if (!resource) return undefined
  const kind = kindOfRow(row)
  const request = kindRequest(scene, row, resource.properties)
  const progress = kind.settled?.(resource, request, 'delete') ?? {state: 'ready'}
  if (progress.state === 'failed') throw new ResourceFailure(progress.reason)
  if (progress.state === 'waiting') return progress.seconds
  world.remove(region, resource)
  kind.deleted?.(resource, request)
  return undefined
}

function goneLater(scene: Scene, row: StackRow, seconds: number, blocked?: string): void {
  const {world, region, stack} = scene
  world.schedule('row.gone', seconds, region.name, {
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
function isRetained(scene: Scene, {deletionPolicy, logicalId}: StackRow): boolean {
  const {retain, undoesCreation} = operationOf(scene.stack)
  if (retain?.includes(logicalId)) return true
  if (deletionPolicy === 'RetainExceptOnCreate') return !undoesCreation
  return deletionPolicy === 'Retain' && !(undoesCreation && rootOf(scene).retainExceptOnCreate)
}

function rootOf({region, stack}: Scene) {
  return (stack.rootId === undefined ? undefined : region.stacks[stack.rootId]) ?? stack
}
