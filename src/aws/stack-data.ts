/** A stack as DescribeStacks gives it. Times are epoch milliseconds on AWS's clock. */
export interface StackDescription {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly reason?: string
  /** NoEcho values are "****". */
  readonly parameters: Readonly<Record<string, string>>
  readonly outputs: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly createdAt: number
  /** When the last update began. */
  readonly updatedAt?: number
  /** When the deletion began. */
  readonly deletedAt?: number
  readonly parentId?: string
  readonly rootId?: string
  readonly terminationProtection: boolean
  /** ARN of the role that CloudFormation works with; undefined where it works with the session of whoever asks. */
  readonly serviceRole?: string | undefined
  /** Its last operation was, or is, in express mode. */
  readonly isExpress?: boolean | undefined
  /** It is, or was, deleted without what could not be deleted (FORCE_DELETE_STACK). */
  readonly isForced?: boolean | undefined
}

/** A stack as ListStacks gives it: one that was deleted is told of for 90 days. */
export interface StackEntry {
  readonly id: string
  readonly name: string
  readonly status: string
  /** Of the stack that it is nested in, at any depth; undefined for one that is in none. */
  readonly rootId?: string | undefined
  /** Epoch ms: when its last update began; undefined where there was none. */
  readonly updatedAt?: number | undefined
}

/** One resource of ListStackResources; `physicalId` is empty until the resource has one. */
export interface StackResource {
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly status: string
  readonly reason?: string
}

/** One event of DescribeStackEvents. */
export interface StackEvent {
  readonly eventId: string
  readonly stackId: string
  readonly stackName: string
  readonly logicalId: string
  /** Empty on the first event of a resource that is being created. */
  readonly physicalId: string
  readonly type: string
  readonly status: string
  readonly reason?: string
  /** Epoch milliseconds, AWS's time stamp. */
  readonly at: number
}
