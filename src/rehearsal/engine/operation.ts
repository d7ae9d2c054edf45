import type {Scene} from './scene.js'
import type {Stack, StackOperation, StackSnapshot} from './stack.js'

/**
 * Starts an operation on a stack.
 * Source: CloudFormation user guide, "View stack events by operation": each has an id of its own, an automatic
 * rollback too.
 */
export function beginOperation(
  {world, stack}: Scene,
  type: StackOperation['type'],
  phase: StackOperation['phase'],
  before?: StackSnapshot,
): StackOperation {
  const operation: StackOperation = {
    id: world.newUuid(),
    type,
    phase,
    startedAt: world.now,
    running: [],
    done: [],
    failures: [],
    before,
    leftovers: [],
    touched: [],
  }
  stack.operation = operation
  stack.lastOperations.unshift({id: operation.id, type})
  return operation
}

/** The stack as it is, for the way back from an update. */
export function snapshotOf(stack: Stack): StackSnapshot {
  const {template, parameters, tags, outputs, imports, rows} = stack
  return structuredClone({template, parameters, tags, outputs, imports, rows})
}
