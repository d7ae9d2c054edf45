import type {Proof} from './proof.js'
import type {Cleaned, Remaining} from './teardown.js'

/** What `teardown --certificate` writes when nothing remains of an environment but what was to stay. */
export interface Certificate {
  environment: string
  /** In the order in which they were gone; empty where nothing but the proof was asked for. */
  removed: {stack: string; status: string; durationSeconds: number}[]
  cleaned: readonly Cleaned[]
  /** What was to outlive the environment, with what it costs. */
  kept: readonly Remaining[]
  durationSeconds: number
  proof: Proof
}
