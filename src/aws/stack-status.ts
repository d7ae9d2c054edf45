/** Something is going on: CREATE_IN_PROGRESS, UPDATE_COMPLETE_CLEANUP_IN_PROGRESS … REVIEW_IN_PROGRESS is at rest. */
export function isInProgress(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && !isInReview(status)
}

/** At rest: nothing happens until somebody asks. */
export function isStable(status: string): boolean {
  return !isInProgress(status)
}

/** A stack that only holds a change set which nobody executed. */
export function isInReview(status: string): boolean {
  return status === 'REVIEW_IN_PROGRESS'
}

/** Gone, for a stack or a resource. */
export function isDeleted(status: string): boolean {
  return status === 'DELETE_COMPLETE'
}

/** Left in place on purpose, by its DeletionPolicy. */
export function isSkipped(status: string): boolean {
  return status === 'DELETE_SKIPPED'
}

/** A deletion runs. */
export function isDeleting(status: string): boolean {
  return status === 'DELETE_IN_PROGRESS'
}

/**
 * Of a stack whose deletion was followed to its end: CloudFormation called it off and took the stack back to the state
 * that it was in, with the reason "Delete canceled. Cannot delete export … as it is in use by …" (CloudFormation User
 * Guide, "Get exported outputs from a deployed stack": a stack whose exports are used cannot be deleted).
 */
export function isCalledOff(endOfDeletion: string): boolean {
  return isStable(endOfDeletion) && operationOf(endOfDeletion) !== 'delete'
}

/** What an update replaced or removed is being deleted: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS and its like. */
export function isCleaningUp(status: string): boolean {
  return status.endsWith('_CLEANUP_IN_PROGRESS')
}

/** A step failed: CREATE_FAILED, UPDATE_FAILED, DELETE_FAILED, ROLLBACK_FAILED, UPDATE_ROLLBACK_FAILED … */
export function isFailed(status: string): boolean {
  return status.endsWith('_FAILED')
}

/** A stack that did what was asked when it was created or updated. */
export function isDeployed(status: string): boolean {
  return status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE' || status === 'IMPORT_COMPLETE'
}

/** A stack that accepts an update (UPDATE_ROLLBACK_COMPLETE does; ROLLBACK_COMPLETE accepts a deletion only). */
export function isUpdatable(status: string): boolean {
  return isDeployed(status) || status === 'UPDATE_ROLLBACK_COMPLETE' || status === 'IMPORT_ROLLBACK_COMPLETE'
}

/** What the current or last operation on the stack was. */
export function operationOf(status: string): 'create' | 'update' | 'delete' | 'review' {
  if (isInReview(status)) return 'review'
  if (status.startsWith('DELETE_')) return 'delete'
  if (status.startsWith('UPDATE_') || status.startsWith('IMPORT_')) return 'update'
  return 'create'
}
