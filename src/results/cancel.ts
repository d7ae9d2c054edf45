/** What cancel stopped. */
export interface CancelResult {
  environment: string
  /** In the order in which they came to rest. */
  cancelled: readonly CancelledStack[]
  durationSeconds: number
  /** What to do next, with the command for it. */
  next: string
}

/** One stack whose operation was stopped. */
export interface CancelledStack {
  stack: string
  /** The status in which it was stopped. */
  from: string
  /** The one in which it came to rest. */
  status: string
}
