import type {StackResource, StackSnapshot} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {emitResourceEvent, emitStackEvent} from './events.js'
import {beginOperation} from './operation.js'
import {operationOf, scheduleStackStep} from './stack-context.js'

/** Seconds between a stack's decision to roll back and its first resource. */
const turnSeconds = 2

/** Where a rollback leads, and why it goes there. */
export interface RollbackRequest {
  /** Empty when a parent says it for its nested stacks. */
  reason: string
  /** The last stable state; without one everything is deleted. */
  before: StackSnapshot | undefined
  token?: string
}

/** Rolls back to the last stable state, or undoes the whole stack when there is none. */
export function rollBack(context: StackContext, way: RollbackRequest): void {
  if (way.before) restore(context, way.before, way)
  else undoCreation(context, way)
}

/** Turns the update under way back. Source: CloudFormation user guide, "Stack failure options". */
export function rollBackUpdate(context: StackContext, reason: string): void {
  rollBack(context, {reason, before: operationOf(context.stack).before})
}

/** Rolls a creation back: what was made is deleted in reverse order. */
export function rollBackCreation(context: StackContext, reason: string): void {
  undoCreation(context, {reason: `${reason}Rollback requested by user.`})
}

/** Continues a rollback that failed. `skip` holds the keys of resources to leave as they are. */
export function continueRollback(context: StackContext, options: {skip: string[]; token?: string}): void {
  const operation = beginOperation(context, 'CONTINUE_ROLLBACK', 'making', options.token)
  operation.undoesCreation = true
  operation.skip = options.skip
  emitStackEvent(context, 'UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated')
  scheduleStackStep(context, turnSeconds)
}

/** The name of a resource that no other stack's resource has. */
export function resourceKey({stack}: StackContext, logicalId: string): string {
  return `${stack.id} ${logicalId}`
}

/**
 * The old template and parameters apply again, old physical resources return to their resources, new ones are deleted at
 * the end.
 */
function restore(context: StackContext, before: StackSnapshot, {reason, token}: RollbackRequest): void {
  const {stack} = context
  const present = stack.resources
  const ofParent = stack.operation?.ofParent
  Object.assign(stack, structuredClone(before))
  delete stack.stable
  const rollback = beginOperation(context, 'ROLLBACK', 'making', token)
  rollback.failureReason = reason
  rollback.undoesCreation = true
  rollback.ofParent = ofParent
  emitStackEvent(context, 'UPDATE_ROLLBACK_IN_PROGRESS', reason || undefined)
  const isBack = ({logicalId, physicalId}: StackResource) =>
    stack.resources[logicalId]?.physicalId === physicalId
  const replaced = rollback.pendingDeletes.filter(isBack).map(({logicalId}) => logicalId)
  rollback.pendingDeletes = rollback.pendingDeletes.filter(stackResource => !isBack(stackResource))
  // Not only what this operation touched: updates that failed before it, and stayed as they were, may have changed more.
  for (const [logicalId, made] of Object.entries(present)) {
    const old = stack.resources[logicalId]
    // A replacement that was never made has changed nothing about the old resource.
    const {properties, shown} = old && replaced.includes(logicalId) ? old : made
    if (old && isBack(made)) stack.resources[logicalId] = {...made, type: old.type, properties, shown}
    else if (made.physicalId !== '') rollback.pendingDeletes.push(made)
    if (old && old.physicalId !== made.physicalId) emitResourceEvent(context, old, 'UPDATE_COMPLETE')
  }
  scheduleStackStep(context, turnSeconds)
}

function undoCreation(
  context: StackContext,
  {reason, token}: Pick<RollbackRequest, 'reason' | 'token'>,
): void {
  const rollback = beginOperation(context, 'ROLLBACK', 'deleting', token)
  rollback.undoesCreation = true
  context.stack.deletedAt = context.world.now
  emitStackEvent(context, 'ROLLBACK_IN_PROGRESS', reason)
  scheduleStackStep(context, turnSeconds)
}
