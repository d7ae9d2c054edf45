import type {DeployResult} from './deploy.js'
import type {TeardownResult} from './teardown.js'

/** What reset did: it removed an environment, proved that, and deployed it again. */
export interface ResetResult {
  environment: string
  kept: KeptResult
  /** Null where an earlier run had done it, and the new stacks stand already. */
  teardown: TeardownResult | null
  /** Null where it has not come to that: with --dry-run, and where something remains. */
  deploy: DeployResult | null
  /** How long the deployment typically takes; null where the templates do not tell. */
  deploySeconds: number | null
  durationSeconds: number
  /** What to do next; null when it is deployed, and healthy where that was verified. */
  next: string | null
}

/** What is deployed again. */
export interface KeptResult {
  layout: 'nested' | 'individual'
  /** Where another is given than the template's own value; those that are secret are below. */
  parameters: Readonly<Record<string, string>>
  /** Names that are created anew, with new passwords; null when nothing was said of any. */
  students: readonly string[] | null
  /** Parameters whose values nobody can read back. */
  secrets: readonly SecretResult[]
  /** Where a run on this machine finds it after an interruption; null where nothing was written. */
  file: string | null
}

/** A secret parameter, and where its value is from. */
export interface SecretResult {
  name: string
  /** `given` in this run, `generated` anew by AWS, `empty`, or as the new stacks have it. */
  origin: 'given' | 'generated' | 'empty' | 'unchanged'
}
