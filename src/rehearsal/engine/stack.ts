/** A stack of the embedded account: plain data. Times are epoch milliseconds of the virtual clock. */
export interface Stack {
  id: string
  name: string
  status: string
  statusReason?: string
  createdAt: number
  updatedAt?: number
  /** When the deletion, or the rollback of the creation, began: CloudFormation sets it then. */
  deletedAt?: number
  description?: string
  template: string
  /** Resolved values by parameter name, NoEcho ones in clear: only the engine reads them. */
  parameters: Record<string, string>
  tags: Record<string, string>
  capabilities: string[]
  disableRollback: boolean
  /** What to do when creation fails. */
  onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING'
  terminationProtection: boolean
  roleArn?: string
  notificationArns: string[]
  parentId?: string
  /** The row of the parent that stands for this stack. */
  parentLogicalId?: string
  rootId?: string
  /** By logical id, deleted rows included until the stack is gone. */
  rows: Record<string, StackRow>
  outputs: StackOutput[]
  /** Names of exports of other stacks that this stack reads. */
  imports: string[]
  /** Oldest first. */
  events: StackEvent[]
  /** What is going on; absent at rest. */
  operation?: StackOperation
  lastOperations: {id: string; type: string}[]
  clientRequestToken?: string
}

export interface StackRow {
  logicalId: string
  type: string
  physicalId: string
  status: string
  reason?: string
  updatedAt: number
  /** Resolved properties as last applied; the basis of change detection. */
  properties: Record<string, unknown>
  /** Attributes of the template's row that matter on deletion. */
  deletionPolicy: string
  /** What becomes of the old physical resource when an update replaces it. */
  updateReplacePolicy: string
  /** Logical ids this row was created after. */
  needs: string[]
}

export interface StackOutput {
  key: string
  value: string
  description?: string
  exportName?: string
}

export interface StackEvent {
  /** That of a row's event follows from what it says: `eventId`. */
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
}

export interface StackOperation {
  id: string
  type: 'CREATE_STACK' | 'UPDATE_STACK' | 'DELETE_STACK' | 'ROLLBACK'
  /**
   * Where in the operation the stack is. `making` creates and updates rows, `cleaning-up` deletes what an
   * update replaced or removed, `deleting` deletes every row, `waiting` is a nested stack whose own part is
   * done while its siblings still update.
   */
  phase: 'making' | 'waiting' | 'cleaning-up' | 'deleting'
  startedAt: number
  /** Logical ids under way in the phase `making`. */
  running: string[]
  /** Logical ids finished in the phase `making`, untouched ones included. */
  done: string[]
  /** Rows that failed in this operation, in order. */
  failures: {logicalId: string; reason: string}[]
  /** The stack as it was before an update: its way back. */
  before?: StackSnapshot
  /** Old physical resources to delete once the update is done. */
  leftovers: StackRow[]
  /** A failed update stays as it is instead of turning back. */
  disableRollback?: boolean
  /** Why an update turned back. */
  failureReason?: string
  /** Logical ids that this operation really touched. */
  touched: string[]
}

/** What an update changes and a rollback restores. */
export interface StackSnapshot {
  template: string
  parameters: Record<string, string>
  tags: Record<string, string>
  outputs: StackOutput[]
  imports: string[]
  rows: Record<string, StackRow>
}

/** What an update would make of a stack. */
export type StackChange = Pick<Stack, 'template' | 'parameters' | 'tags'>
