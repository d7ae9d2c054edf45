/**
 * Which status of a stack may follow which. Source: CloudFormation user guide, "Stack status codes" and "Stack failure
 * options", and CloudFormation API reference of the operations that begin each; docs/states.md has the same states.
 */
export const follows: Readonly<Record<string, readonly string[]>> = {
  '': ['CREATE_IN_PROGRESS', 'REVIEW_IN_PROGRESS'],
  REVIEW_IN_PROGRESS: ['CREATE_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE'],
  CREATE_IN_PROGRESS: ['CREATE_COMPLETE', 'CREATE_FAILED', 'ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  CREATE_COMPLETE: ['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  // Kept on purpose: tried again, undone, or deleted.
  CREATE_FAILED: ['UPDATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  ROLLBACK_IN_PROGRESS: ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_IN_PROGRESS'],
  ROLLBACK_COMPLETE: ['DELETE_IN_PROGRESS'],
  ROLLBACK_FAILED: ['DELETE_IN_PROGRESS'],
  UPDATE_IN_PROGRESS: [
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_FAILED',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    // A creation that failed and was kept has no state to go back to.
    'ROLLBACK_IN_PROGRESS',
  ],
  // A nested stack waits there for its siblings, and goes back when one of them fails.
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: ['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_IN_PROGRESS'],
  // A nested stack goes back with its parent, whose update failed and was kept at first.
  UPDATE_COMPLETE: ['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  UPDATE_FAILED: [
    'UPDATE_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'ROLLBACK_IN_PROGRESS',
    'DELETE_IN_PROGRESS',
  ],
  UPDATE_ROLLBACK_IN_PROGRESS: ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'],
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: ['UPDATE_ROLLBACK_COMPLETE'],
  UPDATE_ROLLBACK_COMPLETE: ['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  UPDATE_ROLLBACK_FAILED: ['UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  DELETE_IN_PROGRESS: ['DELETE_COMPLETE', 'DELETE_FAILED'],
  DELETE_FAILED: ['DELETE_IN_PROGRESS'],
  DELETE_COMPLETE: [],
}

/** What may be told of a resource while its stack has a status: by the first word of the resource's own. */
export const rowsWithin: Readonly<Record<string, readonly string[]>> = {
  CREATE_IN_PROGRESS: ['CREATE'],
  ROLLBACK_IN_PROGRESS: ['DELETE'],
  UPDATE_IN_PROGRESS: ['CREATE', 'UPDATE'],
  // Nested stacks clean up, and their resources are updated once more.
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: ['DELETE', 'UPDATE'],
  UPDATE_ROLLBACK_IN_PROGRESS: ['CREATE', 'UPDATE'],
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: ['DELETE', 'UPDATE'],
  DELETE_IN_PROGRESS: ['DELETE'],
}

/** What may be told of the making of a resource after what was told last; '' before anything was. */
export const resourceFollows: Readonly<Record<string, readonly string[]>> = {
  '': ['CREATE_IN_PROGRESS'],
  // Twice: when it is asked for, and when it has an id.
  CREATE_IN_PROGRESS: ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE', 'CREATE_FAILED'],
  CREATE_COMPLETE: ['UPDATE_IN_PROGRESS'],
  // Made anew when it is tried again; a nested stack that failed is updated.
  CREATE_FAILED: ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS'],
  UPDATE_IN_PROGRESS: ['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE', 'UPDATE_FAILED'],
  UPDATE_COMPLETE: ['UPDATE_IN_PROGRESS'],
  UPDATE_FAILED: ['UPDATE_IN_PROGRESS'],
}

/** The same for its deletion, of each physical resource by itself. */
export const deletionFollows: Readonly<Record<string, readonly string[]>> = {
  '': ['DELETE_IN_PROGRESS', 'DELETE_SKIPPED'],
  DELETE_IN_PROGRESS: ['DELETE_COMPLETE', 'DELETE_FAILED'],
  DELETE_FAILED: ['DELETE_IN_PROGRESS', 'DELETE_SKIPPED'],
  DELETE_SKIPPED: [],
  DELETE_COMPLETE: [],
}

/** In which statuses a nested stack can be when its resource in the parent is told to be this. */
export const childWhen: Readonly<Record<string, readonly string[]>> = {
  CREATE_COMPLETE: ['CREATE_COMPLETE'],
  UPDATE_COMPLETE: [
    'CREATE_COMPLETE',
    'UPDATE_COMPLETE',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_COMPLETE',
  ],
  DELETE_COMPLETE: ['DELETE_COMPLETE'],
}
