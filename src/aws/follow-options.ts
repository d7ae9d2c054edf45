import type {Clock} from '../clock.js'
import type {CallAllowance} from './call-allowance.js'
import type {OutageNote} from './outage.js'

/** What to follow, and how. */
export interface FollowOptions {
  /** Stacks by id: a deleted stack is not found by name. */
  readonly roots: readonly {readonly id: string; readonly label: string}[]
  /** Epoch ms on AWS's clock; older events are not told. `operationStartedAt()` gives it for a running operation. */
  readonly since: number
  readonly clock: Clock
  /** The only bound: the stream throws its reason at once when it aborts. */
  readonly signal: AbortSignal
  /** Told of every poll that failed and may yet succeed; must not throw. The stream continues. */
  readonly onPollFailure?: (error: unknown) => void
  /** Told when polls begin to fail and every 30 s while they do; must not throw. */
  readonly onOutage?: (note: OutageNote) => void
  /** Nothing waits for these stacks but the end of the run, which is to be seen at once. @default true */
  readonly isLast?: boolean
  /** What all who follow something in this account may ask together; unbounded where none is given. */
  readonly allowance?: CallAllowance
  /** Between 0 and 1, for the jitter of the pauses; `Math.random` where none is given. */
  readonly random?: () => number
}
