/** A stack that was followed, at the end. Times are epoch ms on AWS's clock, undefined when no event told them. */
export interface FollowedStack {
  readonly id: string
  readonly name: string
  readonly label: string
  /** The nested stack's logical id in its parent; the stack's own name for a root. */
  readonly logicalId: string
  /** Undefined for a root. */
  readonly parentId: string | undefined
  /** Of a root as DescribeStacks says; of a nested stack as its last event says. */
  readonly status: string
  readonly reason: string | undefined
  readonly startedAt: number | undefined
  readonly endedAt: number | undefined
}
