import type {Scene} from '../scene.js'

/** Another operation began: what the waiting change sets planned is no longer what they would do. */
export function obsoleteChangeSets({stack}: Scene): void {
  for (const changeSet of stack.changeSets ?? []) {
    if (changeSet.executionStatus === 'AVAILABLE') changeSet.executionStatus = 'OBSOLETE'
  }
}
