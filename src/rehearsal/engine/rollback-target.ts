import type {Stack, StackSnapshot} from '../account/stack.js'
import {snapshotOf} from './operation.js'

/** Whether a failed operation left the stack as it was because rollback was disabled. */
export function isRetriable({status}: Stack): boolean {
  return status === 'CREATE_FAILED' || status === 'UPDATE_FAILED'
}

/** What an update returns to when it fails: the last state in which the stack was as it should be, if ever it was. */
export function rollbackTarget(stack: Stack): StackSnapshot | undefined {
  // A nested stack that updated well has one too, as long as its parent did not.
  return stack.stable ?? (isRetriable(stack) ? undefined : snapshotOf(stack))
}
