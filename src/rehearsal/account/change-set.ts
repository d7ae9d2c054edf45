import type {DeploymentConfig} from './deployment-config.js'

/** What an update would make of a stack. */
export interface StackChange {
  template: string
  /** Resolved values by parameter name, NoEcho ones in clear: only the engine reads them. */
  parameters: Record<string, string>
  tags: Record<string, string>
}

/** What to do when a creation fails. */
export type OnFailure = 'ROLLBACK' | 'DELETE' | 'DO_NOTHING'

/** A change set: plain data, kept in its stack. Times are epoch milliseconds of the virtual clock. */
export interface ChangeSet {
  /** Its ARN. */
  id: string
  name: string
  stackId: string
  type: 'CREATE' | 'UPDATE'
  description?: string
  status: 'CREATE_PENDING' | 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'FAILED' | 'DELETE_IN_PROGRESS'
  statusReason?: string
  executionStatus:
    | 'AVAILABLE'
    | 'UNAVAILABLE'
    | 'EXECUTE_IN_PROGRESS'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'OBSOLETE'
  createdAt: number
  clientToken?: string
  /** What it would make of the stack; parameters that only the execution knows are as the plan shows them. */
  change: StackChange
  capabilities: string[]
  notificationArns?: string[]
  roleArn?: string
  onStackFailure?: OnFailure
  disableValidation?: boolean
  deploymentConfig?: DeploymentConfig
  includeNestedStacks: boolean
  /** It looks at what is there, too, and puts it back to what the template says. */
  revertsDrift?: true
  /** Whether it found something that is not as the stack made it; absent where it did not look. */
  driftStatus?: 'DRIFTED' | 'IN_SYNC'
  /**
   * Wished for, and without effect: what already exists outside of the stack fails its resource when the change set is
   * executed. `cdk bootstrap` always wishes it.
   */
  importExistingResources?: boolean
  /** Of the nested stack's change set: whose it is. */
  parentId?: string
  rootId?: string
  /** Change sets of nested stacks by the logical id of the resource. */
  children: Record<string, {stackId: string; changeSetId: string}>
  changes: PlannedChange[]
  /** Of the CREATE_CHANGESET operation. */
  operationId: string
}

/** Whether a resource is as its stack last made it. */
export type DriftStatus = 'DELETED' | 'MODIFIED' | 'IN_SYNC' | 'NOT_CHECKED'

/** What a change set would do to one resource. */
export interface PlannedChange {
  action: 'Add' | 'Modify' | 'Remove'
  logicalId: string
  physicalId?: string
  type: string
  replacement?: 'True' | 'Conditional' | 'False'
  policyAction?:
    | 'Delete'
    | 'Retain'
    | 'Snapshot'
    | 'ReplaceAndDelete'
    | 'ReplaceAndRetain'
    | 'ReplaceAndSnapshot'
  /** Of a drift-aware change set. */
  driftStatus?: DriftStatus
  scope: ('Properties' | 'Tags')[]
  details: PlannedDetail[]
  /** Properties before and after, as JSON; NoEcho values masked. */
  before?: string
  after?: string
  /** Of a nested stack that is planned with its parent. */
  changeSetId?: string
}

/** One property that changes, and why. */
export interface PlannedDetail {
  attribute: 'Properties' | 'Tags'
  name?: string
  requiresRecreation: 'Never' | 'Conditionally' | 'Always'
  evaluation: 'Static' | 'Dynamic'
  source:
    | 'DirectModification'
    | 'ParameterReference'
    | 'ResourceReference'
    | 'ResourceAttribute'
    | 'Automatic'
  causingEntity?: string
}
