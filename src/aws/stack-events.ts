import type {StackProgress} from '../progress.js'
import type {FollowOptions} from './follow-options.js'
import type {FollowedStack} from './followed-stack.js'
import {Outage} from './outage.js'
import {StackPoller} from './stack-poller.js'
import type {Stacks} from './stacks.js'

/** The end is noticed by its event; this is for the case that the event does not come. */
const describeEveryMs = 180_000
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
 * are not. A child that was deleted is reachable by id only, so ids are kept from the first event that names them.
 * @throws at once, when a poll fails in a way that asking again cannot fix (`isPermanent`)
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
