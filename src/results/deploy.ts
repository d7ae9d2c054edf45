import type {Health} from './health.js'
import type {RealmState} from './realm.js'
import type {Remaining} from './teardown.js'

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
  /** Null when the realm was left out. */
  realm: RealmState | null
  verification: Health | null
  /** What an update of this run replaced or no longer needs, and could not delete: it stays, and may be billed. */
  remaining: readonly Remaining[]
  durationSeconds: number
  /** Every HTTP request that was sent to AWS, by IAM-style operation name. */
  apiCalls: Record<string, number>
}

/** What happened to an environment or a stack. `attached`: somebody's operation was followed instead of starting one. */
export type Operation = 'create' | 'update' | 'none' | 'attached'

/** One stack as it is at the end. `durationSeconds` is by its own events, 0 when the run did not touch it. */
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
