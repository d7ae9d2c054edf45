import type {Clock} from '../clock.js'
import type {StackProgress} from '../progress.js'
import type {CallAllowance} from './call-allowance.js'
import {Outage, type OutageNote} from './outage.js'
import {StackPoller} from './stack-poller.js'
import type {Stacks} from './stacks.js'

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

/** What to follow, and how. */
export interface FollowOptions {
  /** Stacks by id: a deleted stack is not found by name. */
  readonly roots: readonly {readonly id: string; readonly label: string}[]
  /** Epoch ms on AWS's clock; older events are not told. `operationStartedAt()` gives it for a running operation. */
  readonly since: number
  readonly clock: Clock
  /** The only bound: the stream throws its reason at once when it aborts. */
  readonly signal: AbortSignal
  /** Told of every poll that failed and may yet succeed; must not throw. The stream goes on. */
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

/** The end is noticed by its event; this is for the case that the event does not come. */
const describeEveryMs = 120_000
/** After failed polls 2, 4, 8, 16, 32 s, as AWS advises for "Rate exceeded", each up to a part longer or shorter. */
const firstBackoffMs = 2_000
const longestBackoffMs = 32_000
const jitter = 0.15
/** Events may lag behind DescribeStacks: so many last polls for the event of the end, so far apart. */
const drains = 3
const drainPauseMs = 2_000

/**
 * Follows stacks and the nested stacks that appear in them until every root has settled. Yields each event once,
 * oldest first, and returns all stacks that were followed, roots first.
 *
 * Events only tell; DescribeStacks decides the end. It is not asked before the first events are in, because right
 * after an operation was started it may still show the state before. Children in progress are polled, settled ones
 * are not. A child that was deleted is reachable by id only, so ids are kept from the first row that names them.
 * @throws at once, when a poll fails in a way that asking again cannot mend (`isLasting`)
 */
export async function* followStacks(
  stacks: Pick<Stacks, 'describe' | 'newEvents'>,
  options: FollowOptions,
): AsyncGenerator<StackProgress, readonly FollowedStack[]> {
  const {clock, signal, random = Math.random, allowance} = options
  const outage = new Outage(clock, note => options.onOutage?.(note))
  const onPollFailure = (error: unknown) => {
    options.onPollFailure?.(error)
    outage.notAnswered(error)
  }
  const poller = new StackPoller(stacks, {...options, onPollFailure})
  let failures = 0
  let describedAt = clock.now()
  for (;;) {
    const {events, failed} = await poller.poll()
    yield* events
    const due = clock.now() - describedAt >= describeEveryMs
    if (due) describedAt = clock.now()
    const undecided = await poller.settleRoots({all: due})
    if (poller.settled) break
    failures = failed || undecided ? failures + 1 : 0
    if (failures === 0) outage.answered()
    await outage.pause(Math.max(poller.pause, allowance?.wait() ?? 0, backoffMs(failures, random)), signal)
  }
  poller.reopenRoots()
  for (let drain = 1; ; drain++) {
    yield* (await poller.poll()).events
    if (poller.complete || drain === drains) return poller.summary()
    await clock.sleep(drainPauseMs, signal)
  }
}

function backoffMs(failures: number, random: () => number): number {
  if (failures === 0) return 0
  const backoff = Math.min(firstBackoffMs * 2 ** (failures - 1), longestBackoffMs)
  return backoff * (1 + (random() * 2 - 1) * jitter)
}
