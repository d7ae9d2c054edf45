import {messageOf} from '../../errors.js'
import {ResourceFailure} from '../kinds/kind.js'
import {tellRow, tellStack} from './events.js'
import {exportInUse} from './exports.js'
import {kindOfRow, kindRequest, secondsOf} from './kind-request.js'
import {beginOperation} from './operation.js'
import {endOperation} from './outcomes.js'
import {rowsToDelete} from './rollback.js'
import {childOf, jittered, nestedStackType, nudge, operationOf, type Scene} from './scene.js'
import type {StackRow} from './stack.js'

/** Seconds until CloudFormation gives up on a resource that cannot be deleted. */
const blockedSeconds = 15
/** Seconds a final database snapshot adds. Source: measured Aurora snapshots of small clusters. */
const snapshotSeconds = 120

/** The status a finished deletion leads to, by the status it began under. */
const afterDeletion: Readonly<Record<string, {done: string; failed: string}>> = {
  DELETE_IN_PROGRESS: {done: 'DELETE_COMPLETE', failed: 'DELETE_FAILED'},
  ROLLBACK_IN_PROGRESS: {done: 'ROLLBACK_COMPLETE', failed: 'ROLLBACK_FAILED'},
  // A leftover that cannot be deleted is dropped from the stack; the update has succeeded all the same.
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: {done: 'UPDATE_COMPLETE', failed: 'UPDATE_COMPLETE'},
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: {
    done: 'UPDATE_ROLLBACK_COMPLETE',
    failed: 'UPDATE_ROLLBACK_COMPLETE',
  },
}

/** Begins to delete a stack, whatever it was doing. */
export function beginDeletion(scene: Scene): void {
  beginOperation(scene, 'DELETE_STACK', 'deleting')
  scene.stack.deletedAt = scene.world.now
  tellStack(scene, 'DELETE_IN_PROGRESS', 'User Initiated')
  for (const row of Object.values(scene.stack.rows)) {
    if (row.status === 'DELETE_FAILED') row.status = 'DELETE_PENDING'
  }
  const inUse = exportInUse(scene.region, scene.stack)
  if (inUse) return endOperation(scene, 'DELETE_FAILED', inUse)
  nudge(scene, 2)
}

/** Begins every deletion that nothing depends on any more; ends the operation when nothing is left to do. */
export function deleteRows(scene: Scene): void {
  const operation = operationOf(scene.stack)
  const rows = rowsToDelete(scene)
  if (operation.phase === 'cleaning-up') cleanUpChildren(scene)
  const left = rows.filter(row => !isGone(row))
  const needed = countedNeeds(left)
  for (const row of left) {
    if (row.status === 'DELETE_IN_PROGRESS' || row.status === 'DELETE_FAILED') continue
    if (needed.get(row.logicalId)) continue
    beginRowDeletion(scene, row)
    if (isGone(row)) for (const need of row.needs) needed.set(need, (needed.get(need) ?? 0) - 1)
  }
  const underWay = rows.some(row => row.status === 'DELETE_IN_PROGRESS') || operation.running.length > 0
  if (underWay) return
  const end = afterDeletion[scene.stack.status]
  if (!end) throw new Error(`No deletion ends from ${scene.stack.status}`)
  const failed = rows.filter(row => row.status === 'DELETE_FAILED').map(row => row.logicalId)
  // Nothing to begin and nothing under way, so whatever is left waits for a row that failed.
  if (failed.length === 0 && rows.every(isGone)) endOperation(scene, end.done)
  else if (failed.length > 0) {
    endOperation(scene, end.failed, `The following resource(s) failed to delete: [${failed.join(', ')}]. `)
  } else nudge(scene)
}

/** How many of the rows need another one, by that one's logical id. */
function countedNeeds(rows: readonly StackRow[]): Map<string, number> {
  const needed = new Map<string, number>()
  for (const {needs} of rows) for (const need of needs) needed.set(need, (needed.get(need) ?? 0) + 1)
  return needed
}

/** The time of a row's deletion is over: it is gone, needs longer, or failed. */
export function finishRowDeletion(scene: Scene, logicalId: string, blocked: string | undefined): void {
  const row = rowsToDelete(scene).find(
    candidate => candidate.logicalId === logicalId && candidate.status === 'DELETE_IN_PROGRESS',
  )
  if (!row) return
  try {
    if (blocked !== undefined) throw new ResourceFailure(blocked)
    const waitSeconds = removeResource(scene, row)
    if (waitSeconds !== undefined) return goneLater(scene, row, waitSeconds)
    tellRow(scene, row, 'DELETE_COMPLETE')
  } catch (error) {
    tellRow(scene, row, 'DELETE_FAILED', messageOf(error))
  }
  nudge(scene)
}

function beginRowDeletion(scene: Scene, row: StackRow): void {
  if (row.physicalId === '') return tellRow(scene, row, 'DELETE_COMPLETE')
  if (isRetained(scene, row)) return tellRow(scene, row, 'DELETE_SKIPPED')
  tellRow(scene, row, 'DELETE_IN_PROGRESS')
  if (row.type === nestedStackType) {
    const child = childOf(scene, row.physicalId)
    if (!child || child.stack.status === 'DELETE_COMPLETE') return goneLater(scene, row, 1)
    return beginDeletion(child)
  }
  const resource = scene.world.resource(scene.region, row.type, row.physicalId)
  if (!resource) return goneLater(scene, row, 1)
  const kind = kindOfRow(row)
  const request = kindRequest(scene, row)
  const blocked = kind.blocksDeletion?.(resource, request)
  if (blocked !== undefined) return goneLater(scene, row, blockedSeconds, blocked)
  kind.deleting?.(resource, request)
  const extra = row.deletionPolicy === 'Snapshot' ? takeSnapshot(scene, row) : 0
  goneLater(scene, row, jittered(scene, row.logicalId, 'delete', secondsOf(kind).delete) + extra)
}

/** Seconds still to wait, or undefined when the resource is gone. @throws ResourceFailure in AWS's words. */
function removeResource(scene: Scene, row: StackRow): number | undefined {
  const {world, region} = scene
  const resource = world.resource(region, row.type, row.physicalId)
  if (!resource) return undefined
  const kind = kindOfRow(row)
  const request = kindRequest(scene, row)
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
    blocked,
  })
}

/** Nested stacks that updated well may now delete what they replaced. */
function cleanUpChildren(scene: Scene): void {
  const operation = operationOf(scene.stack)
  for (const row of Object.values(scene.stack.rows)) {
    const child = row.type === nestedStackType ? childOf(scene, row.physicalId) : undefined
    if (child?.stack.operation?.phase !== 'waiting') continue
    tellRow(scene, row, 'UPDATE_IN_PROGRESS')
    operation.running.push(row.logicalId)
    child.stack.operation.phase = 'cleaning-up'
    nudge(child)
  }
}

/** Source: CloudFormation user guide, "DeletionPolicy attribute": a snapshot stays and is billed. */
function takeSnapshot(scene: Scene, row: StackRow): number {
  const {world, region, stack} = scene
  const physicalId = `${stack.name}-snapshot-${row.logicalId}-${world.newSuffix(12)}`.toLowerCase()
  world.put(region, {
    type: 'AWS::RDS::DBClusterSnapshot',
    physicalId,
    properties: {DBClusterIdentifier: row.physicalId},
    attributes: {},
    tags: kindRequest(scene, row).tags,
    createdAt: world.now,
    data: {},
  })
  return snapshotSeconds
}

/**
 * Source: CloudFormation user guide, "DeletionPolicy attribute": RetainExceptOnCreate keeps a resource but when the
 * operation that created it is rolled back.
 */
function isRetained({stack}: Scene, {deletionPolicy}: StackRow): boolean {
  if (deletionPolicy === 'RetainExceptOnCreate') return stack.status !== 'ROLLBACK_IN_PROGRESS'
  return deletionPolicy === 'Retain'
}

function isGone(row: StackRow): boolean {
  return row.status === 'DELETE_COMPLETE' || row.status === 'DELETE_SKIPPED'
}
