import {tellRow, tellStack} from './events.js'
import {beginOperation} from './operation.js'
import {nudge, operationOf, type Scene} from './scene.js'
import type {StackRow} from './stack.js'

/** Seconds between a stack's decision to turn back and its first row. */
const turnSeconds = 2

/**
 * Turns an update back: the old template and parameters apply again, old physical resources return to their
 * rows, new ones are deleted at the end.
 * Source: CloudFormation user guide, "Stack failure options" and nested update sequences.
 */
export function rollBackUpdate(scene: Scene, reason: string): void {
  const {stack} = scene
  const {before, touched} = operationOf(stack)
  if (!before) throw new Error(`Nothing to return to in ${stack.name}`)
  const present = stack.rows
  Object.assign(stack, structuredClone(before))
  const rollback = beginOperation(scene, 'ROLLBACK', 'making')
  rollback.failureReason = reason
  tellStack(scene, 'UPDATE_ROLLBACK_IN_PROGRESS', reason || undefined)
  for (const logicalId of touched) {
    const made = present[logicalId]
    const old = stack.rows[logicalId]
    if (!made) continue
    if (old && old.physicalId === made.physicalId) stack.rows[logicalId] = {...made, type: old.type}
    else if (made.physicalId !== '') rollback.leftovers.push(made)
    if (old && old.physicalId !== made.physicalId) tellRow(scene, old, 'UPDATE_COMPLETE')
  }
  nudge(scene, turnSeconds)
}

/** Turns a creation back: what was made is deleted in reverse order. */
export function rollBackCreation(scene: Scene, reason: string): void {
  beginOperation(scene, 'ROLLBACK', 'deleting')
  scene.stack.deletedAt = scene.world.now
  tellStack(scene, 'ROLLBACK_IN_PROGRESS', `${reason}Rollback requested by user.`)
  nudge(scene, turnSeconds)
}

/** What the deletion of rows works on: old physical resources after an update, else every row of the stack. */
export function rowsToDelete({stack}: Scene): StackRow[] {
  const operation = operationOf(stack)
  return operation.phase === 'cleaning-up' ? operation.leftovers : Object.values(stack.rows)
}
