import {messageOf} from '../../errors.js'
import {ResourceFailure} from '../kinds/kind.js'
import {outputsOf} from './changes.js'
import {tellStack} from './events.js'
import {exportChangeInUse, exportNamed} from './exports.js'
import {tellParent} from './nested.js'
import {beginOperation} from './operation.js'
import {planOf} from './plan.js'
import {rollBackCreation, rollBackUpdate} from './rollback.js'
import {childOf, nestedStackType, nudge, operationOf, type Scene} from './scene.js'

/** Seconds between the last row and the stack's own event. */
const closingSeconds = 2

/** Every row is as it should be: outputs and exports, then the stack's own word. */
export function finishMaking(scene: Scene): void {
  const {stack} = scene
  const operation = operationOf(stack)
  try {
    stack.outputs = checkedOutputs(scene)
  } catch (error) {
    return turnBack(scene, `${messageOf(error)}. `)
  }
  if (operation.type === 'CREATE_STACK') return endOperation(scene, 'CREATE_COMPLETE')
  const active = new Set(planOf(scene).active)
  for (const row of Object.values(stack.rows)) {
    if (active.has(row.logicalId)) continue
    if (row.status !== 'DELETE_COMPLETE') operation.leftovers.push(row)
    delete stack.rows[row.logicalId]
  }
  if (operation.type === 'ROLLBACK') {
    tellStack(scene, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS')
    operation.phase = 'cleaning-up'
    return nudge(scene, closingSeconds)
  }
  tellStack(scene, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
  operation.phase = stack.parentId === undefined ? 'cleaning-up' : 'waiting'
  if (operation.phase === 'waiting') tellParent(scene)
  else nudge(scene, closingSeconds)
}

/** Rows failed: the stack says which, and goes its way back. */
export function turnBackAfterFailures(scene: Scene): void {
  const operation = operationOf(scene.stack)
  const verb = operation.type === 'CREATE_STACK' ? 'create' : 'update'
  const names = operation.failures.map(({logicalId}) => logicalId).join(', ')
  turnBack(scene, `The following resource(s) failed to ${verb}: [${names}]. `)
}

/** Milliseconds that a deleted stack is found for. Source: CloudFormation API reference, ListStacks. */
const deletedKeptMs = 90 * 86_400_000

function forgetDeleted({world, region}: Scene): void {
  for (const {id, status, deletedAt} of Object.values(region.stacks)) {
    const isForgotten = status === 'DELETE_COMPLETE' && world.now - (deletedAt ?? world.now) > deletedKeptMs
    if (isForgotten) delete region.stacks[id]
  }
}

/** The stack comes to rest. */
export function endOperation(scene: Scene, status: string, reason?: string): void {
  const {stack} = scene
  tellStack(scene, status, reason)
  if (status === 'DELETE_COMPLETE') {
    stack.outputs = []
    stack.imports = []
    forgetDeleted(scene)
  }
  stack.operation = undefined
  tellParent(scene)
}

/**
 * Source: CloudFormation user guide, "Choose how to handle failures when provisioning resources"; a nested stack
 * stays CREATE_FAILED and leaves the way back to its root.
 */
function turnBack(scene: Scene, reason: string): void {
  const {stack} = scene
  const operation = operationOf(stack)
  if (operation.type === 'ROLLBACK') return endOperation(scene, 'UPDATE_ROLLBACK_FAILED', reason)
  if (operation.type === 'UPDATE_STACK' && operation.disableRollback) {
    letChildrenFinish(scene)
    return endOperation(scene, 'UPDATE_FAILED', reason)
  }
  if (operation.type === 'UPDATE_STACK') {
    rollBackUpdate(scene, reason)
    return tellParent(scene)
  }
  if (stack.parentId !== undefined || stack.disableRollback || stack.onFailure === 'DO_NOTHING') {
    return endOperation(scene, 'CREATE_FAILED', reason)
  }
  if (stack.onFailure === 'ROLLBACK') return rollBackCreation(scene, reason)
  beginOperation(scene, 'DELETE_STACK', 'deleting')
  tellStack(scene, 'DELETE_IN_PROGRESS', `${reason}Delete requested by user.`)
  nudge(scene, closingSeconds)
}

/** Nested stacks that updated well come to rest, although their parent did not. */
function letChildrenFinish(scene: Scene): void {
  for (const {type, physicalId} of Object.values(scene.stack.rows)) {
    const child = type === nestedStackType ? childOf(scene, physicalId) : undefined
    if (child?.stack.operation?.phase !== 'waiting') continue
    child.stack.operation.phase = 'cleaning-up'
    nudge(child)
  }
}

function checkedOutputs(scene: Scene) {
  const outputs = outputsOf(scene)
  for (const {exportName} of outputs) {
    const owner = exportName === undefined ? undefined : exportNamed(scene.region, exportName)?.stack
    if (owner && owner.id !== scene.stack.id) {
      throw new ResourceFailure(`Export with name ${exportName} is already exported by stack ${owner.name}`)
    }
  }
  const inUse = exportChangeInUse(scene.region, scene.stack, outputs)
  if (inUse !== undefined) throw new ResourceFailure(inUse)
  return outputs
}
