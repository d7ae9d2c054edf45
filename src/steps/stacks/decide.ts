import {awsCommand, type Reach} from '../../aws/command-line.js'
import {isDeleting, isInProgress, isInReview, isUpdatable} from '../../aws/stack-status.js'
import type {StackDescription} from '../../aws/stacks.js'

/** What deploy does with a stack, from the state that it is in. */
export type Decision =
  | {action: 'create'}
  | {action: 'update'}
  /** Somebody's create or update runs: follow it instead of starting another. */
  | {action: 'attach'}
  /** Left over from a failed creation; it accepts nothing but deletion. */
  | {action: 'recreate'; why: string}
  /** It is being deleted: wait, then create. */
  | {action: 'await-deletion'}
  /** Only a person can decide. `command` is what to run. */
  | {action: 'refuse'; why: string; command: string}

/** Decides by status alone; `undefined` is a stack that does not exist. */
export function decide(
  stack: Pick<StackDescription, 'name' | 'status'> | undefined,
  options: {onFailure: 'rollback' | 'keep' | 'delete'; teardown: string; reach: Reach},
): Decision {
  if (stack === undefined) return {action: 'create'}
  const {name, status} = stack
  if (isDeleting(status)) return {action: 'await-deletion'}
  if (isInReview(status))
    return {action: 'recreate', why: 'it holds only a change set that was never executed'}
  if (isInProgress(status)) return {action: 'attach'}
  if (isUpdatable(status)) return {action: 'update'}
  switch (status) {
    case 'ROLLBACK_COMPLETE':
    case 'ROLLBACK_FAILED':
    case 'CREATE_FAILED':
      return {action: 'recreate', why: `it is left over from a failed creation (${status})`}
    case 'UPDATE_FAILED':
      // A retry is possible only as the failed update was made: without rollback.
      if (options.onFailure === 'keep') return {action: 'update'}
      return {
        action: 'refuse',
        why: 'its last update failed and was kept as it was',
        command: awsCommand(options.reach, `cloudformation rollback-stack --stack-name ${name}`),
      }
    case 'UPDATE_ROLLBACK_FAILED':
      return {
        action: 'refuse',
        why: 'the rollback of its last update failed',
        command: awsCommand(options.reach, `cloudformation continue-update-rollback --stack-name ${name}`),
      }
    default:
      return {action: 'refuse', why: `it is in ${status}`, command: options.teardown}
  }
}
