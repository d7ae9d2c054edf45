import type {Stack} from '../../account/stack.js'

/** The execution of a stack's change set has come to its end. */
export function settleExecution(stack: Stack): void {
  for (const changeSet of stack.changeSets ?? []) {
    if (changeSet.executionStatus !== 'EXECUTE_IN_PROGRESS') continue
    const isGood = stack.status === 'CREATE_COMPLETE' || stack.status === 'UPDATE_COMPLETE'
    changeSet.executionStatus = isGood ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED'
  }
}
