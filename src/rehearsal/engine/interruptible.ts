/**
 * Whether a deletion may interrupt what runs on a stack. Source: DeleteStack's refusal of every other operation in public
 * logs, `Stack [NAME] cannot be deleted while in status UPDATE_IN_PROGRESS`.
 */
export function isInterruptible(status: string): boolean {
  return status === 'CREATE_IN_PROGRESS' || status === 'ROLLBACK_IN_PROGRESS'
}
