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
