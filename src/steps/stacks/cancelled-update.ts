import {firstCause} from '../../diagnosis/first-cause.js'
import type {StackProgress} from '../../progress.js'

/**
 * Whether someone cancelled the update, and that is all that was wrong with it. CancelUpdateStack leaves no failure of a
 * resource: only the rollback says that someone asked for it.
 * @param events of one update, and of the rollback that followed
 */
export function wasCancelled(events: readonly StackProgress[]): boolean {
  return (
    firstCause(events) === undefined &&
    events.some(
      ({isStack, status, reason}) =>
        isStack && status === 'UPDATE_ROLLBACK_IN_PROGRESS' && reason === 'User Initiated',
    )
  )
}

/** What to do then: there is no cause to correct. */
export function calledBackWords(stack: string, deploy: string): string {
  return `Nothing has to be corrected: stack ${stack} is as it was before the update. Run \`${deploy}\` to update it again.`
}
