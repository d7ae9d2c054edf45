import type {ChangeSet, OnFailure, StackChange} from './change-set.js'
import type {DeploymentConfig} from './deployment-config.js'

/** A stack of the embedded account: plain data. Times are epoch milliseconds of the virtual clock. */
export interface Stack extends StackChange {
  id: string
  name: string
  status: string
  statusReason?: string
  createdAt: number
  updatedAt?: number
  /** When the deletion, or the rollback of the creation, began: CloudFormation sets it then. */
  deletedAt?: number
  description?: string
  capabilities: string[]
  disableRollback: boolean
  /** What to do when creation fails. */
  onFailure: OnFailure
  terminationProtection: boolean
  roleArn?: string
  notificationArns: string[]
  parentId?: string
  /** The logical id of the parent's resource that is this stack. */
  parentLogicalId?: string
  rootId?: string
  /** By logical id, deleted resources included until the stack is gone. */
  resources: Record<string, StackResource>
  outputs: StackOutput[]
  /** Names of exports of other stacks that this stack reads. */
  imports: string[]
  /** Oldest first. */
  events: StackEvent[]
  /** What is going on; absent at rest. */
  operation?: StackOperation
  /** Newest first. */
  lastOperations: PastOperation[]
  clientRequestToken?: string
  /** Absent when it is the default, STANDARD. */
  detailedStatus?: 'VALIDATION_FAILED'
  /** Minutes that the creation may take. */
  timeoutMinutes?: number
  /** The rollback of a creation deletes even what is to be retained. */
  retainExceptOnCreate?: boolean
  deletionMode?: 'STANDARD' | 'FORCE_DELETE_STACK'
  /** The change set that was executed last. */
  changeSetId?: string
  /** Oldest first, without deleted ones. */
  changeSets?: ChangeSet[]
  /** Nested stacks in REVIEW_IN_PROGRESS that wait for the execution of this stack's change set, by logical id. */
  inReview?: Record<string, string>
  /** The last stable state, while the stack rests in one that failed; RollbackStack and its like return to it. */
  stable?: StackSnapshot
  /** How the last operation was asked to go about it; absent where its request did not say. */
  deploymentConfig?: DeploymentConfig
  /** What a failed operation had still to delete, besides what `resources` has. */
  pendingDeletes?: StackResource[]
  /** What validation before a deployment found, oldest first. */
  findings?: ValidationFinding[]
}

/** An operation as LastOperations and DescribeEvents tell of it. */
export interface PastOperation {
  id: string
  type: OperationType
  startedAt: number
  endedAt?: number
  failed?: boolean
  /** The ClientRequestToken of the request that began it. */
  token?: string
}

export type OperationType =
  | 'CREATE_STACK'
  | 'UPDATE_STACK'
  | 'DELETE_STACK'
  | 'ROLLBACK'
  | 'CONTINUE_ROLLBACK'
  | 'CREATE_CHANGESET'

/** Something that CloudFormation refuses before it touches a resource. */
export interface ValidationFinding {
  id: string
  operationId: string
  changeSetId?: string
  logicalId: string
  type: string
  name: 'PROPERTY_VALIDATION' | 'NAME_CONFLICT_VALIDATION'
  reason: string
  /** `/Resources/A/Properties/B` */
  path: string
  at: number
}

export interface StackResource {
  logicalId: string
  type: string
  physicalId: string
  status: string
  reason?: string
  updatedAt: number
  /** Resolved properties as last applied; the basis of change detection. */
  properties: Record<string, unknown>
  /** The properties as events show them, where values of NoEcho parameters make a difference. */
  shown?: Record<string, unknown>
  /** What the template says of its deletion. */
  deletionPolicy: string
  /** What becomes of the old physical resource when an update replaces it. */
  updateReplacePolicy: string
  /** Logical ids this resource was created after. */
  needs: string[]
  /** The stack's tags as last applied; absent where they never were. */
  stackTags?: Record<string, string>
  /** What came for its creation policy, and until when more is awaited. */
  signals?: Signal[]
  signalsUntil?: number
}

/** What somebody told a resource that waits for it, by SignalResource. */
export interface Signal {
  uniqueId: string
  status: 'SUCCESS' | 'FAILURE'
}

export interface StackOutput {
  key: string
  value: string
  description?: string
  exportName?: string
}

export interface StackEvent {
  /** That of a resource's event follows from what it says: `eventId`. */
  id?: string
  logicalId: string
  physicalId: string
  type: string
  status: string
  reason?: string
  properties?: string
  at: number
  operationId: string
  clientRequestToken?: string
  detailedStatus?: 'VALIDATION_FAILED'
}

export interface StackOperation {
  id: string
  type: OperationType
  /**
   * Where in the operation the stack is. `making` creates and updates resources, `cleaning-up` deletes what an
   * update replaced or removed, `deleting` deletes every resource, `waiting` is a nested stack whose own part is
   * done while its siblings still update.
   */
  phase: 'making' | 'waiting' | 'cleaning-up' | 'deleting'
  startedAt: number
  /** Logical ids under way in the phase `making`. */
  running: string[]
  /** Logical ids finished in the phase `making`, untouched ones included. */
  done: string[]
  /** Resources that failed in this operation, in order. */
  failures: {logicalId: string; reason: string}[]
  /** The stack as it was before an update, for its rollback. */
  before?: StackSnapshot
  /** Why the stack stops making resources although none failed: cancelled, or out of time. */
  stopped?: string
  /** Physical resources to delete once the update, or the deletion, is done. */
  pendingDeletes: StackResource[]
  /** A failed update stays as it is instead of rolling back. */
  disableRollback?: boolean
  /** Why an update rolled back. */
  failureReason?: string
  /** The parent runs it: the parent says when it may clean up. */
  ofParent?: boolean
  /** Nothing has been looked at yet: imports, and what validation before the deployment finds. */
  unchecked?: 'all' | 'imports'
  /** The request said DisableValidation, which holds for nested stacks too. */
  unvalidated?: boolean
  /** A drift-aware change set is executed: what is not as it was made is made so again. */
  revertsDrift?: true
  /** Logical ids that a continued rollback leaves as they are; those of nested stacks with the resource's name and a dot. */
  skip?: string[]
  /** Why a deletion will be called off, and what the stack was before it. */
  calledOff?: {status: string; deletedAt?: number; reason: string}
  /** Logical ids of resources that a deletion leaves behind. */
  retain?: string[]
  /** Keys of what an earlier operation has tried to delete, and this one has still to begin with. */
  again?: string[]
  /** The deletion leaves behind whatever cannot be deleted. */
  force?: boolean
  /** What is deleted was made by the operation that is undone: RetainExceptOnCreate does not keep it. */
  undoesCreation?: boolean
  /** How often a pending delete has failed, by physical id. */
  attempts?: Record<string, number>
}

/** What an update changes and a rollback restores. */
export interface StackSnapshot extends StackChange {
  outputs: StackOutput[]
  imports: string[]
  resources: Record<string, StackResource>
}
