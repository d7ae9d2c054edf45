import {awsCommand, type Reach, shell} from '../../aws/command-line.js'
import type {StackDescription} from '../../aws/stack-data.js'
import {isBoundToExpress} from './express.js'
import {actionsFor} from './stack-actions.js'

/** What deploy does with a stack, from the state that it is in. */
export type Decision =
  | {action: 'create' | 'update' | 'attach' | 'await-deletion' | 'continue-rollback'}
  /** It is deleted with a note, and created anew. */
  | {action: 'recreate'; why: string}
  /** Only a person can decide. `command` is what to run. */
  | {action: 'refuse'; why: string; command: string}

/** Decides by status alone; `undefined` is a stack that does not exist. */
export function decide(
  stack: Pick<StackDescription, 'name' | 'status' | 'isExpress'> | undefined,
  options: {onFailure: 'rollback' | 'keep' | 'delete'; teardown: string; reach: Reach},
): Decision {
  const status = stack?.status ?? 'ABSENT'
  const name = stack?.name ?? ''
  const action = actionsFor(status).deploy
  switch (action) {
    case 'recreate':
      return {action, why: whyRecreated(status)}
    case 'retry-kept':
      // A retry is possible only as the failed update was made: without rollback.
      if (options.onFailure === 'keep') return {action: 'update'}
      // RollbackStack is refused for it; to go on is the only way.
      if (stack !== undefined && isBoundToExpress(stack)) return {action: 'update'}
      return {
        action: 'refuse',
        why: 'its last update failed and was kept as it was',
        command: awsCommand(options.reach, shell`cloudformation rollback-stack --stack-name ${name}`),
      }
    case 'refuse':
      return {action, why: `it is in ${status}`, command: options.teardown}
    default:
      return {action}
  }
}

function whyRecreated(status: string): string {
  if (status === 'REVIEW_IN_PROGRESS') return 'it holds only a change set that was never executed'
  if (status === 'DELETE_FAILED') return 'it is left over from a deletion that failed (DELETE_FAILED)'
  return `it is left over from a failed creation (${status})`
}
