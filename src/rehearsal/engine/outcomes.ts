import {messageOf} from '../../errors.js'
import {checkExportNames} from '../../template/index.js'
import type {Stack} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {dropChangeSets} from './change-sets/drop.js'
import {discardReview} from './change-sets/review.js'
import {settleExecution} from './change-sets/settle.js'
import {outputsOf} from './changes.js'
import {emitStackEvent} from './events.js'
import {exportChangeInUse, exportNamed} from './exports.js'
import {tellParent} from './nested.js'
import {beginOperation, closeOperation, isRollback} from './operation.js'
import {templateOf} from './parsed-template.js'
import {planOf} from './plan.js'
import {resolverOf} from './resolver.js'
import {rollBackCreation, rollBackUpdate} from './rollback.js'
import {childOf, nestedStackType, operationOf, scheduleStackStep} from './stack-context.js'

/** Seconds between the last resource and the stack's own event. */
const closingSeconds = 2

/** Every resource is as it should be: outputs and exports, then the stack's own word. */
export function finishMaking(context: StackContext): void {
  const {stack} = context
  const operation = operationOf(stack)
  try {
    stack.outputs = checkedOutputs(context)
  } catch (error) {
    return failStack(context, messageOf(error))
  }
  if (operation.type === 'CREATE_STACK') return endOperation(context, 'CREATE_COMPLETE')
  const active = new Set(planOf(context).active)
  for (const stackResource of Object.values(stack.resources)) {
    if (active.has(stackResource.logicalId)) continue
    if (stackResource.status !== 'DELETE_COMPLETE') operation.pendingDeletes.push(stackResource)
    delete stack.resources[stackResource.logicalId]
  }
  if (isRollback(operation)) {
    emitStackEvent(context, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS')
    operation.phase = 'cleaning-up'
    return scheduleStackStep(context, closingSeconds)
  }
  emitStackEvent(context, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
  operation.phase = operation.ofParent ? 'waiting' : 'cleaning-up'
  if (operation.phase === 'waiting') tellParent(context)
  else scheduleStackStep(context, closingSeconds)
}

/** Resources failed: the stack says which, and rolls back. */
export function turnBackAfterFailures(context: StackContext): void {
  const operation = operationOf(context.stack)
  const verb = operation.type === 'CREATE_STACK' ? 'create' : 'update'
  const names = operation.failures.map(({logicalId}) => logicalId).join(', ')
  if (operation.stopped !== undefined) return failStack(context, operation.stopped)
  turnBack(context, `The following resource(s) failed to ${verb}: [${names}]. `)
}

/** The stack itself failed, and no resource of it: it says why, and rolls back. */
export function failStack(context: StackContext, message: string): void {
  const {stack} = context
  const goesOn = operationOf(stack).type === 'CREATE_STACK' && !staysFailed(stack)
  turnBack(context, goesOn ? `${message.replace(/\.$/, '')}. ` : message)
}

/** The stack comes to rest. */
export function endOperation(context: StackContext, status: string, reason?: string): void {
  const {stack} = context
  emitStackEvent(context, status, reason)
  if (status === 'DELETE_COMPLETE') {
    stack.outputs = []
    stack.imports = []
    discardReview(context)
    dropChangeSets(context, () => true)
  }
  const operation = operationOf(stack)
  if (status === 'UPDATE_FAILED') stack.stable = operation.before
  if (status.endsWith('_COMPLETE') && !operation.ofParent) forgetRollbackTarget(context)
  closeOperation(context, status.endsWith('_FAILED'))
  if (status.endsWith('_COMPLETE')) delete stack.pendingDeletes
  settleExecution(stack)
  tellParent(context)
}

/** A tree that is as it should be cannot be rolled back any more. */
function forgetRollbackTarget(context: StackContext): void {
  delete context.stack.stable
  for (const {type, physicalId} of Object.values(context.stack.resources)) {
    const child = type === nestedStackType ? childOf(context, physicalId) : undefined
    if (child) forgetRollbackTarget(child)
  }
}

/**
 * Source: CloudFormation user guide, "Choose how to handle failures when provisioning resources"; a nested stack
 * stays CREATE_FAILED and leaves the rollback to its root.
 */
function turnBack(context: StackContext, reason: string): void {
  const {stack} = context
  const operation = operationOf(stack)
  if (isRollback(operation)) return endOperation(context, 'UPDATE_ROLLBACK_FAILED', reason)
  if (operation.type === 'UPDATE_STACK' && operation.disableRollback) {
    letChildrenFinish(context)
    return endOperation(context, 'UPDATE_FAILED', reason)
  }
  if (operation.type === 'UPDATE_STACK') {
    rollBackUpdate(context, reason)
    return tellParent(context)
  }
  if (staysFailed(stack)) {
    return endOperation(context, 'CREATE_FAILED', reason)
  }
  if (stack.onFailure === 'ROLLBACK') return rollBackCreation(context, reason)
  beginOperation(context, 'DELETE_STACK', 'deleting').undoesCreation = true
  stack.deletedAt = context.world.now
  emitStackEvent(context, 'DELETE_IN_PROGRESS', `${reason}Delete requested by user.`)
  scheduleStackStep(context, closingSeconds)
}

/** A nested stack leaves the rollback to its root; others may be told to stay. */
function staysFailed({parentId, disableRollback, onFailure}: Stack): boolean {
  return parentId !== undefined || disableRollback || onFailure === 'DO_NOTHING'
}

/**
 * Nested stacks that updated well come to rest, although their parent did not. What they no longer need stays until the
 * tree succeeds, as they may still have to go back to it.
 */
export function letChildrenFinish(context: StackContext): void {
  for (const {type, physicalId} of Object.values(context.stack.resources)) {
    const child = type === nestedStackType ? childOf(context, physicalId) : undefined
    if (child?.stack.operation?.phase !== 'waiting') continue
    letChildrenFinish(child)
    child.stack.stable = child.stack.operation.before
    emitStackEvent(child, 'UPDATE_COMPLETE')
    closeOperation(child, false)
  }
}

function checkedOutputs(context: StackContext) {
  checkExportNames(templateOf(context.stack.template), resolverOf(context))
  const outputs = outputsOf(context)
  for (const {exportName} of outputs) {
    const owner = exportName === undefined ? undefined : exportNamed(context.region, exportName)?.stack
    if (owner && owner.id !== context.stack.id) {
      throw new ResourceFailure(`Export with name ${exportName} is already exported by stack ${owner.name}`)
    }
  }
  const inUse = exportChangeInUse(context.region, context.stack, outputs)
  if (inUse !== undefined) throw new ResourceFailure(inUse)
  return outputs
}
