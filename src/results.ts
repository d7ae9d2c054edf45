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
