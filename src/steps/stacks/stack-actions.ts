/** What each command does about a root stack, by the stack's status alone. */
export interface StackActions {
  readonly deploy:
    | 'create'
    | 'update'
    /** Somebody's operation runs: follow it, then apply what this run was given. */
    | 'attach'
    /** Left over from a failure, it accepts nothing but deletion: delete it with a note, then create. */
    | 'recreate'
    /** Wait until it is gone, then create. */
    | 'await-deletion'
    /** Finish the rollback that got stuck, then update. */
    | 'continue-rollback'
    /** Kept half updated on purpose: update again where that was asked for, else only a person can decide. */
    | 'retry-kept'
    | 'refuse'
  readonly teardown:
    | 'delete'
    /** CloudFormation deletes no stack that is being updated: wait for the end, then delete. */
    | 'await-then-delete'
    /** Follow the deletion that runs. */
    | 'follow'
    | 'nothing'
  readonly verify: 'check' | 'busy' | 'failed' | 'missing'
  readonly watch: 'follow' | 'rest' | 'missing'
  readonly cancel: /** There is no other way to stop a creation. */
    | 'delete'
    | 'cancel-update'
    /** Nobody can stop it. */
    | 'refuse'
    | 'nothing-runs'
    | 'missing'
}

const atWork = {teardown: 'await-then-delete', verify: 'busy', watch: 'follow', cancel: 'refuse'} as const
const failed = {teardown: 'delete', verify: 'failed', watch: 'rest', cancel: 'nothing-runs'} as const
const complete = {
  deploy: 'update',
  teardown: 'delete',
  verify: 'check',
  watch: 'rest',
  cancel: 'nothing-runs',
} as const

/**
 * Every status that a stack can have (StackStatus in CloudFormation's API reference), and what can be done from there:
 * no status leaves anybody without an action. `ABSENT` is a stack that does not exist or is gone.
 */
export const actionsByStatus = {
  ABSENT: {deploy: 'create', teardown: 'nothing', verify: 'missing', watch: 'missing', cancel: 'missing'},
  DELETE_COMPLETE: {
    deploy: 'create',
    teardown: 'nothing',
    verify: 'missing',
    watch: 'missing',
    cancel: 'missing',
  },
  REVIEW_IN_PROGRESS: {
    deploy: 'recreate',
    teardown: 'delete',
    verify: 'missing',
    watch: 'rest',
    cancel: 'nothing-runs',
  },
  CREATE_IN_PROGRESS: {
    deploy: 'attach',
    teardown: 'delete',
    verify: 'busy',
    watch: 'follow',
    cancel: 'delete',
  },
  CREATE_COMPLETE: complete,
  CREATE_FAILED: {deploy: 'recreate', ...failed},
  ROLLBACK_IN_PROGRESS: {...atWork, deploy: 'attach', teardown: 'delete'},
  ROLLBACK_COMPLETE: {deploy: 'recreate', ...failed},
  ROLLBACK_FAILED: {deploy: 'recreate', ...failed},
  UPDATE_IN_PROGRESS: {...atWork, deploy: 'attach', cancel: 'cancel-update'},
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: {...atWork, deploy: 'attach'},
  UPDATE_COMPLETE: complete,
  UPDATE_FAILED: {deploy: 'retry-kept', ...failed},
  UPDATE_ROLLBACK_IN_PROGRESS: {...atWork, deploy: 'attach'},
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: {...atWork, deploy: 'attach'},
  UPDATE_ROLLBACK_COMPLETE: complete,
  UPDATE_ROLLBACK_FAILED: {deploy: 'continue-rollback', ...failed},
  DELETE_IN_PROGRESS: {...atWork, deploy: 'await-deletion', teardown: 'follow'},
  DELETE_FAILED: {deploy: 'recreate', ...failed},
  IMPORT_IN_PROGRESS: {...atWork, deploy: 'attach'},
  IMPORT_COMPLETE: complete,
  IMPORT_ROLLBACK_IN_PROGRESS: {...atWork, deploy: 'attach'},
  IMPORT_ROLLBACK_COMPLETE: complete,
  IMPORT_ROLLBACK_FAILED: {deploy: 'refuse', ...failed},
} as const satisfies Readonly<Record<string, StackActions>>

/** The actions of a status; one that CloudFormation has learned since is left to a person. */
export function actionsFor(status: string): StackActions {
  const table: Readonly<Record<string, StackActions>> = actionsByStatus
  if (Object.hasOwn(table, status)) return table[status] ?? unknown
  return status.endsWith('_IN_PROGRESS') ? {...atWork, deploy: 'attach'} : unknown
}

const unknown: StackActions = {deploy: 'refuse', ...failed}
