import type {OperationType, PastOperation, Stack, StackOperation, StackSnapshot} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {keepPendingDeletes, takePendingDeletes, toBeginAgain} from './pending-deletes.js'

/**
 * Starts an operation on a stack; what was going on has failed with that.
 * Source: CloudFormation user guide, "View stack events by operation": each has an id of its own, an automatic
 * rollback too.
 */
export function beginOperation(
  context: StackContext,
  type: OperationType,
  phase: StackOperation['phase'],
  token?: string,
): StackOperation {
  const {world, stack} = context
  if (stack.operation) closeOperation(context, true)
  const pendingDeletes = takePendingDeletes(stack)
  const operation: StackOperation = {
    id: world.newUuid(),
    type,
    phase,
    startedAt: world.now,
    running: [],
    done: [],
    failures: [],
    pendingDeletes,
    again: toBeginAgain(pendingDeletes),
  }
  stack.operation = operation
  const past: PastOperation = {id: operation.id, type, startedAt: world.now}
  if (token !== undefined) past.token = token
  stack.lastOperations.unshift(past)
  return operation
}

/** Ends the operation under way, well or not. */
export function closeOperation(context: StackContext, failed: boolean): void {
  const {stack} = context
  if (stack.operation) {
    endPast(context, stack.operation.id, failed)
    keepPendingDeletes(stack, stack.operation)
  }
  stack.operation = undefined
}

/** Notes when an operation ended, and how. */
export function endPast({world, stack}: StackContext, operationId: string, failed: boolean): void {
  const past = stack.lastOperations.find(({id}) => id === operationId)
  if (past) Object.assign(past, {endedAt: world.now, failed})
}

/** Whether an operation goes back to what was. */
export function isRollback({type}: StackOperation): boolean {
  return type === 'ROLLBACK' || type === 'CONTINUE_ROLLBACK'
}

/** The stack as it is, for the rollback of an update. */
export function snapshotOf(stack: Stack): StackSnapshot {
  const {template, parameters, tags, outputs, imports, resources} = stack
  return structuredClone({template, parameters, tags, outputs, imports, resources})
}
