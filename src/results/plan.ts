/**
 * What deploy would make where nothing of the environment exists yet, or what teardown would delete of a whole one, and how
 * long that takes.
 */
export interface PlanResult {
  environment: string
  operation: 'create' | 'delete'
  region: string
  layout: 'nested' | 'individual'
  stacks: readonly PlannedStackResult[]
  /** Typical seconds from the first request until the last stack is seen to be complete, or gone. */
  expectedSeconds: number
  /** What decides them, in order: each begins when the one before it has ended, and their seconds add up. */
  criticalPath: readonly PathResult[]
  /** What takes long beside the critical path without making the whole longer, the longest first. */
  hidden: readonly HiddenResult[]
  /** The same for comparison, with one stack after another. */
  serialSeconds: number
  /** What a teardown leaves, by the deletion policies. */
  stays: readonly StayingResult[]
  /** `null` when the templates build no images, and for a deletion. */
  images: PlannedImagesResult | null
  /** IPv4 ranges that may reach Keycloak's administration; `0.0.0.0/0` alone is everybody; none for a deletion. */
  keycloakAdmin: readonly string[]
}

/** One stack with what is made in it. */
export interface PlannedStackResult {
  /** Without what CloudFormation appends to the name of a nested stack. */
  name: string
  /** Of a nested stack in its parent; the stack's own name for a root. */
  logicalId: string
  /** Typical seconds after the first request. */
  beginsAfterSeconds: number
  expectedSeconds: number
  resources: readonly {logicalId: string; type: string; action: 'create' | 'delete'}[]
}

/** One link of the critical path. The resource of a stack is before and after what is in the stack. */
export interface PathResult {
  /** A name among `stacks`. */
  stack: string
  logicalId: string
  type: string
  seconds: number
}

/** What is there after a deletion: the resource itself, or a last snapshot of it. */
export interface StayingResult {
  /** A name among `stacks`. */
  stack: string
  logicalId: string
  type: string
  what: 'resource' | 'snapshot'
}

/** Something beside the critical path. */
export interface HiddenResult extends PathResult {
  /** How much longer it could take before all took longer. */
  slackSeconds: number
}

/** The image build, whether it is hidden or not. */
export interface PlannedImagesResult extends HiddenResult {
  mode: 'source' | 'import'
  /** What all would take in the other mode. */
  otherwiseSeconds: number
}
