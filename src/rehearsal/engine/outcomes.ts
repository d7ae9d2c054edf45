import {messageOf} from '../../errors.js'
import {checkExportNames} from '../../template/index.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {dropChangeSets} from './change-sets/drop.js'
import {discardReview} from './change-sets/review.js'
import {settleExecution} from './change-sets/settle.js'
import {outputsOf} from './changes.js'
import {tellStack} from './events.js'
import {exportChangeInUse, exportNamed} from './exports.js'
import {tellParent} from './nested.js'
import {beginOperation, closeOperation, isRollback} from './operation.js'
import {templateOf} from './parsed-template.js'
import {planOf} from './plan.js'
import {resolverOf} from './resolver.js'
import {rollBackCreation, rollBackUpdate} from './rollback.js'
import type {Stack} from './stack.js'
import {childOf, nestedStackType, nudge, operationOf, type Scene} from './stack-context.js'

/** Seconds between the last row and the stack's own event. */
const closingSeconds = 2

/** Every row is as it should be: outputs and exports, then the stack's own word. */
export function finishMaking(scene: Scene): void {
  const {stack} = scene
  const operation = operationOf(stack)
  try {
    stack.outputs = checkedOutputs(scene)
  } catch (error) {
    return failStack(scene, messageOf(error))
  }
  if (operation.type === 'CREATE_STACK') return endOperation(scene, 'CREATE_COMPLETE')
  const active = new Set(planOf(scene).active)
  for (const row of Object.values(stack.rows)) {
    if (active.has(row.logicalId)) continue
    if (row.status !== 'DELETE_COMPLETE') operation.leftovers.push(row)
    delete stack.rows[row.logicalId]
  }
  if (isRollback(operation)) {
    tellStack(scene, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS')
    operation.phase = 'cleaning-up'
    return nudge(scene, closingSeconds)
  }
  tellStack(scene, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
  operation.phase = operation.ofParent ? 'waiting' : 'cleaning-up'
  if (operation.phase === 'waiting') tellParent(scene)
  else nudge(scene, closingSeconds)
}

/** Rows failed: the stack says which, and goes its way back. */
export function turnBackAfterFailures(scene: Scene): void {
  const operation = operationOf(scene.stack)
  const verb = operation.type === 'CREATE_STACK' ? 'create' : 'update'
  const names = operation.failures.map(({logicalId}) => logicalId).join(', ')
  if (operation.stopped !== undefined) return failStack(scene, operation.stopped)
  turnBack(scene, `The following resource(s) failed to ${verb}: [${names}]. `)
}

/** The stack itself failed, and no row of it: it says why, and goes its way back. */
export function failStack(scene: Scene, message: string): void {
  const {stack} = scene
  const goesOn = operationOf(stack).type === 'CREATE_STACK' && !staysFailed(stack)
  turnBack(scene, goesOn ? `${message.replace(/\.$/, '')}. ` : message)
}

/** The stack comes to rest. */
export function endOperation(scene: Scene, status: string, reason?: string): void {
  const {stack} = scene
  tellStack(scene, status, reason)
  if (status === 'DELETE_COMPLETE') {
    stack.outputs = []
    stack.imports = []
    discardReview(scene)
    dropChangeSets(scene, () => true)
  }
  const operation = operationOf(stack)
  if (status === 'UPDATE_FAILED') stack.stable = operation.before
  if (status.endsWith('_COMPLETE') && !operation.ofParent) forgetWayBack(scene)
  closeOperation(scene, status.endsWith('_FAILED'))
  if (status.endsWith('_COMPLETE')) delete stack.leftovers
  settleExecution(stack)
  tellParent(scene)
}

/** A tree that is as it should be has no way back any more. */
function forgetWayBack(scene: Scene): void {
  delete scene.stack.stable
  for (const {type, physicalId} of Object.values(scene.stack.rows)) {
    const child = type === nestedStackType ? childOf(scene, physicalId) : undefined
    if (child) forgetWayBack(child)
  }
}

/**
 * Source: CloudFormation user guide, "Choose how to handle failures when provisioning resources"; a nested stack
 * stays CREATE_FAILED and leaves the way back to its root.
 */
function turnBack(scene: Scene, reason: string): void {
  const {stack} = scene
  const operation = operationOf(stack)
  if (isRollback(operation)) return endOperation(scene, 'UPDATE_ROLLBACK_FAILED', reason)
  if (operation.type === 'UPDATE_STACK' && operation.disableRollback) {
    letChildrenFinish(scene)
    return endOperation(scene, 'UPDATE_FAILED', reason)
  }
  if (operation.type === 'UPDATE_STACK') {
    rollBackUpdate(scene, reason)
    return tellParent(scene)
  }
  if (staysFailed(stack)) {
    return endOperation(scene, 'CREATE_FAILED', reason)
  }
  if (stack.onFailure === 'ROLLBACK') return rollBackCreation(scene, reason)
  beginOperation(scene, 'DELETE_STACK', 'deleting').undoesCreation = true
  stack.deletedAt = scene.world.now
  tellStack(scene, 'DELETE_IN_PROGRESS', `${reason}Delete requested by user.`)
  nudge(scene, closingSeconds)
}

/** A nested stack leaves the way back to its root; others may be told to stay. */
function staysFailed({parentId, disableRollback, onFailure}: Stack): boolean {
  return parentId !== undefined || disableRollback || onFailure === 'DO_NOTHING'
}

/**
 * Nested stacks that updated well come to rest, although their parent did not. What they no longer need stays until the
 * tree succeeds, as they may still have to go back to it.
 */
export function letChildrenFinish(scene: Scene): void {
  for (const {type, physicalId} of Object.values(scene.stack.rows)) {
    const child = type === nestedStackType ? childOf(scene, physicalId) : undefined
    if (child?.stack.operation?.phase !== 'waiting') continue
    letChildrenFinish(child)
    child.stack.stable = child.stack.operation.before
    tellStack(child, 'UPDATE_COMPLETE')
    closeOperation(child, false)
  }
}

function checkedOutputs(scene: Scene) {
  checkExportNames(templateOf(scene.stack.template), resolverOf(scene))
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
