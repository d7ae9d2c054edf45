import type {Region} from '../account/account.js'
import type {World} from '../account/world.js'
import {checkBeforeRows} from './before-resources.js'
import {cancelRunning, runOutOfTime} from './cancel.js'
import {registerDeletion} from './change-sets/delete.js'
import {registerChangeSets} from './change-sets/plan.js'
import {deleteRows} from './deleting.js'
import {tellRow} from './events.js'
import {makeRows, workOnRow} from './making.js'
import {embeddedFailure, embeddedLeft} from './nested.js'
import {isRollback} from './operation.js'
import {turnBackAfterFailures} from './outcomes.js'
import {finishRowDeletion, notDeleted, type RowGone} from './resource-deletion.js'
import {childOf, nudge, operationOf, type Scene, sceneOf} from './stack-context.js'
import {completeRow, failRow, type RowWork} from './stack-resources.js'

/**
 * The stack engine: CloudFormation's life of a stack, moved by the agenda alone. Entries that speak of an
 * operation which has since given way to another are ignored.
 */
export function registerEngine(world: World): void {
  registerChangeSets(world)
  registerDeletion(world)
  const on = (kind: string, handle: (scene: Scene, data: Record<string, unknown>) => void) =>
    world.on(kind, (_, region: Region, data) => {
      const scene = sceneOf(world, region, String(data.stackId))
      if (scene.stack.operation?.id === data.operationId) handle(scene, data)
    })

  on('stack.step', scene => {
    const {phase} = operationOf(scene.stack)
    if (phase === 'making') {
      if (checkBeforeRows(scene)) makeRows(scene)
    } else if (phase !== 'waiting') deleteRows(scene)
  })
  on('row.work', (scene, {logicalId, work}) => workOnRow(scene, String(logicalId), work as RowWork))
  on('row.gone', (scene, data) => finishRowDeletion(scene, data as unknown as RowGone))
  on('stack.cancel', cancelRunning)
  on('stack.timeout', runOutOfTime)
  on('stack.turn-back', turnBackAfterFailures)
  on('child.settled', (scene, {childId}) => childSettled(scene, String(childId)))
}

/** A nested stack has come to the end of its part; its row follows. */
function childSettled(scene: Scene, childId: string): void {
  const {stack} = scene
  const operation = operationOf(stack)
  const rows = [...Object.values(stack.rows), ...operation.leftovers]
  const row = rows.find(({physicalId}) => physicalId === childId)
  const child = childOf(scene, childId)
  if (!row || !child) return
  const {logicalId} = row
  if (row.status === 'DELETE_IN_PROGRESS') {
    if (child.stack.status === 'DELETE_COMPLETE') tellRow(scene, row, 'DELETE_COMPLETE')
    else notDeleted(scene, row, embeddedLeft(child.stack))
    return nudge(scene)
  }
  if (!operation.running.includes(logicalId)) return
  if (operation.phase === 'cleaning-up') {
    operation.running = operation.running.filter(id => id !== logicalId)
    tellRow(scene, row, 'UPDATE_COMPLETE')
    return nudge(scene)
  }
  const good = isRollback(operation)
    ? ['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_COMPLETE', 'CREATE_COMPLETE']
    : ['CREATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE']
  if (good.includes(child.stack.status)) completeRow(scene, row)
  else if (!isRollback(operation) || child.stack.operation === undefined) {
    failRow(scene, logicalId, embeddedFailure(child.stack))
  }
}
