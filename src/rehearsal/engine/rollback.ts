import type {StackRow, StackSnapshot} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {tellRow, tellStack} from './events.js'
import {beginOperation} from './operation.js'
import {operationOf, scheduleStackStep} from './stack-context.js'

/** Seconds between a stack's decision to turn back and its first row. */
const turnSeconds = 2

/** Where a rollback leads, and why it goes there. */
export interface WayBack {
  /** Empty when a parent says it for its nested stacks. */
  reason: string
  /** The last stable state; without one everything is deleted. */
  before: StackSnapshot | undefined
  token?: string
}

/** Turns back to the last stable state, or undoes the whole stack when there is none. */
export function rollBack(context: StackContext, way: WayBack): void {
  if (way.before) restore(context, way.before, way)
  else undoCreation(context, way)
}

/** Turns the update under way back. Source: CloudFormation user guide, "Stack failure options". */
export function rollBackUpdate(context: StackContext, reason: string): void {
  rollBack(context, {reason, before: operationOf(context.stack).before})
}

/** Turns a creation back: what was made is deleted in reverse order. */
export function rollBackCreation(context: StackContext, reason: string): void {
  undoCreation(context, {reason: `${reason}Rollback requested by user.`})
}

/** Goes on with a rollback that failed. `skip` holds the keys of rows to leave as they are. */
export function continueRollback(context: StackContext, options: {skip: string[]; token?: string}): void {
  const operation = beginOperation(context, 'CONTINUE_ROLLBACK', 'making', options.token)
  operation.undoesCreation = true
  operation.skip = options.skip
  tellStack(context, 'UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated')
  scheduleStackStep(context, turnSeconds)
}

/** The name of a row that no other stack's row has. */
export function rowKey({stack}: StackContext, logicalId: string): string {
  return `${stack.id} ${logicalId}`
}

/**
 * The old template and parameters apply again, old physical resources return to their rows, new ones are deleted at
 * the end.
 */
function restore(context: StackContext, before: StackSnapshot, {reason, token}: WayBack): void {
  const {stack} = context
  const present = stack.rows
  const ofParent = stack.operation?.ofParent
  Object.assign(stack, structuredClone(before))
  delete stack.stable
  const rollback = beginOperation(context, 'ROLLBACK', 'making', token)
  rollback.failureReason = reason
  rollback.undoesCreation = true
  rollback.ofParent = ofParent
  tellStack(context, 'UPDATE_ROLLBACK_IN_PROGRESS', reason || undefined)
  const isBack = ({logicalId, physicalId}: StackRow) => stack.rows[logicalId]?.physicalId === physicalId
  const replaced = rollback.leftovers.filter(isBack).map(({logicalId}) => logicalId)
  rollback.leftovers = rollback.leftovers.filter(row => !isBack(row))
  // Not only what this operation touched: updates that failed before it, and stayed as they were, may have changed more.
  for (const [logicalId, made] of Object.entries(present)) {
    const old = stack.rows[logicalId]
    // A replacement that was never made has changed nothing about the old resource.
    const {properties, shown} = old && replaced.includes(logicalId) ? old : made
    if (old && isBack(made)) stack.rows[logicalId] = {...made, type: old.type, properties, shown}
    else if (made.physicalId !== '') rollback.leftovers.push(made)
    if (old && old.physicalId !== made.physicalId) tellRow(context, old, 'UPDATE_COMPLETE')
  }
  scheduleStackStep(context, turnSeconds)
}

function undoCreation(context: StackContext, {reason, token}: Pick<WayBack, 'reason' | 'token'>): void {
  const rollback = beginOperation(context, 'ROLLBACK', 'deleting', token)
  rollback.undoesCreation = true
  context.stack.deletedAt = context.world.now
  tellStack(context, 'ROLLBACK_IN_PROGRESS', reason)
  scheduleStackStep(context, turnSeconds)
}
