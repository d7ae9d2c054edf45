/**
 * What the commands hand back, exactly as `--json` prints it (described in docs/errors.md). Scripts depend on
 * every name here: add, never rename. Workflows make these, `report` shows them to people.
 */

/** What deploy did. */
export interface DeployResult {
  environment: string
  account: string
  region: string
  layout: 'nested' | 'individual'
  operation: Operation
  stacks: readonly StackResult[]
  outputs: Readonly<Record<string, string>>
  build: BuildResult | null
  verification: Health | null
  durationSeconds: number
  /** Every HTTP request that was sent to AWS, by IAM-style operation name. */
  apiCalls: Record<string, number>
}

/** What happened to an environment or a stack. `attached`: somebody's operation was followed instead of starting one. */
export type Operation = 'create' | 'update' | 'none' | 'attached'

/** One stack as it stands at the end. `durationSeconds` is by its own events, 0 when the run did not touch it. */
export interface StackResult {
  name: string
  /** Of a nested stack in its parent; the stack's own name for a root. */
  logicalId: string
  status: string
  durationSeconds: number
}

/** The image build of this operation. */
export interface BuildResult {
  id: string
  status: string
  mode: 'source' | 'import'
  durationSeconds: number
}

/** What verify found. `reason` says what is wrong and what to do; null where all is well. */
export interface Health {
  healthy: boolean
  services: ServiceHealth[]
  targetGroups: TargetGroupHealth[]
  endpoints: EndpointHealth[]
}

/** One ECS service: it should run all the tasks that it should. */
export interface ServiceHealth {
  name: string
  cluster: string
  desired: number
  running: number
  pending: number
  rollout: string
  ok: boolean
  reason: string | null
}

/** One target group: a listener sends to it, and everything in it answers health checks. */
export interface TargetGroupHealth {
  name: string
  healthy: number
  total: number
  ok: boolean
  reason: string | null
  targets: {id: string; port: number; state: string; reason: string | null}[]
}

/** One public address. `status` is null when nothing answered. */
export interface EndpointHealth {
  name: string
  url: string
  status: number | null
  ok: boolean
  reason: string | null
}

/** What deploy would make where nothing of the environment stands yet, and how long that takes. */
export interface PlanResult {
  environment: string
  region: string
  layout: 'nested' | 'individual'
  stacks: readonly PlannedStackResult[]
  /** Typical seconds from the first request until the last stack is seen to be complete. */
  expectedSeconds: number
  /** What decides them, in order: each begins when the one before it has ended, and their seconds add up. */
  criticalPath: readonly PathResult[]
  /** What takes long beside the critical path without making the whole longer, the longest first. */
  hidden: readonly HiddenResult[]
  /** The same for comparison, with one stack after another. */
  serialSeconds: number
  /** `null` when the templates build no images. */
  images: PlannedImagesResult | null
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
  resources: readonly {logicalId: string; type: string; action: 'create'}[]
}

/** One link of the critical path. The row of a stack stands before and after what is in the stack. */
export interface PathResult {
  /** A name among `stacks`. */
  stack: string
  logicalId: string
  type: string
  seconds: number
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

/** A set of image tarballs in a bucket, as far as that can be told without fetching it. */
export interface ImageSetResult {
  bucket: string
  /** Ends in a slash, or is empty. */
  prefix: string
  /** Whole, as it was exported, and of the version that is wanted. */
  ok: boolean
  /** Every tarball is there, as it was exported. */
  complete: boolean
  /** What the images say of themselves; null when nothing in the set says it. */
  version: string | null
  /** What the templates build; empty when they do not say it. */
  expectedVersion: string
  sourceCommit: string | null
  /** When, in UTC, the set was exported; null when nothing in the set says it. */
  exportedAt: string | null
  images: ImageTarballResult[]
  /** What is wrong with the set as a whole, and what to do; null when that is nothing. */
  reason: string | null
}

/** One tarball of a set. */
export interface ImageTarballResult {
  name: string
  tarball: string
  /** As it lies in the bucket; null when it is not there. */
  bytes: number | null
  /** What it was compared by: S3's own checksum, its size, nothing but its name. */
  checkedBy: 'sha256' | 'size' | 'name'
  ok: boolean
  reason: string | null
}

/** What an export did. */
export interface ImagesExportResult {
  environment: string
  account: string
  region: string
  /** `attached`: somebody's export was followed; `none`: these images had been exported there already. */
  operation: 'export' | 'attached' | 'none'
  build: ExportBuildResult | null
  /** What lies in the bucket now. */
  set: ImageSetResult
  durationSeconds: number
  apiCalls: Record<string, number>
}

/** The build that exported. */
export interface ExportBuildResult {
  id: string
  status: string
  durationSeconds: number
}

/** What teardown did. */
export interface TeardownResult {
  environment: string
  /** In the order in which they were gone. */
  removed: {stack: string; status: string; durationSeconds: number}[]
  cleaned: readonly Cleaned[]
  remaining: readonly Remaining[]
  durationSeconds: number
}

/** Something that was not a stack and was removed. */
export interface Cleaned {
  kind: string
  name: string
}

/** Something of the environment that still exists, and why. */
export interface Remaining extends Cleaned {
  reason: string
  /** It stays on purpose: the environment was deployed so that it outlives a teardown. */
  kept: boolean
}

/** Why an operation on stacks failed: the first real failure, what it means, and the rest. */
export interface DiagnosisResult {
  /** The root's name, and the logical ids of nested stacks: `demo / DataStack`. */
  stack: string
  logicalId: string
  type: string
  status: string
  /** AWS's own words. */
  reason: string
  /** Where the resource stands, as `cloudformation/data-stack.yaml:123`; null when nobody knows. */
  template: string | null
  /** Null for a failure that docs/failures.md does not have. */
  meaning: string | null
  advice: string | null
  /** What failed by itself beside it, oldest first. */
  others: readonly {stack: string; logicalId: string; type: string; status: string; reason: string}[]
  /** How many resources failed only because others had. */
  cancelled: number
}

/** What was found behind a failure. */
export interface Evidence {
  kind: 'service' | 'task' | 'log' | 'target' | 'build' | 'custom-resource'
  title: string
  lines: readonly string[]
}

/** What watch followed. */
export interface WatchResult {
  environment: string
  account: string
  region: string
  /** `none`: nothing ran, and `stacks` are as they stand. */
  operation: 'create' | 'update' | 'delete' | 'review' | 'none'
  stacks: readonly StackResult[]
  durationSeconds: number
  apiCalls: Record<string, number>
}

/** What cancel stopped. */
export interface CancelResult {
  environment: string
  /** In the order in which they came to rest. */
  cancelled: readonly CancelledStack[]
  durationSeconds: number
}

/** One stack whose operation was stopped. */
export interface CancelledStack {
  stack: string
  /** The status in which it was stopped. */
  from: string
  /** The one in which it came to rest. */
  status: string
}

/** What would make a deployment fail, as far as that can be seen beforehand. */
export interface PreflightResult {
  environment: string
  account: string
  /** The name that the account goes by; null when it has none, or nobody may ask. */
  alias: string | null
  region: string
  /** Nothing blocks. */
  ok: boolean
  checks: readonly CheckResult[]
}

/** What one check found. */
export interface CheckResult {
  /** One of docs/preflight.md. */
  id: string
  title: string
  /** `skip`: not looked at, so that nothing is known. */
  verdict: 'pass' | 'warn' | 'block' | 'skip'
  detail: string
  /** What to do; null where that is nothing. */
  advice: string | null
}

/** What `mcpgw diagnose` found out, in AWS or in the folder of a run. */
export interface DiagnoseResult {
  environment: string
  /** The run whose folder was read; null when AWS was asked. */
  run: string | null
  account: string | null
  region: string | null
  /** `running`: an operation goes on, and `diagnosis` tells of what has failed in it so far. */
  state: 'failed' | 'running' | 'well'
  stacks: readonly {name: string; status: string}[]
  diagnosis: DiagnosisResult | null
  evidence: readonly Evidence[]
  /** What to do next; null when there is nothing to do. */
  next: string | null
}
