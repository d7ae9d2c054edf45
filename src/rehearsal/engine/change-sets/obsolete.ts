import type {StackContext} from '../../account/stack-context.js'

/**
 * Another operation began: what the waiting change sets planned, or are planning still, is no longer what they would do.
 */
export function obsoleteChangeSets({stack}: StackContext): void {
  for (const changeSet of stack.changeSets ?? []) {
    const isPlanned = changeSet.status === 'CREATE_PENDING' || changeSet.status === 'CREATE_IN_PROGRESS'
    if (isPlanned || changeSet.executionStatus === 'AVAILABLE') changeSet.executionStatus = 'OBSOLETE'
  }
}
