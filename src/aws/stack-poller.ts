import type {StackProgress} from '../progress.js'
import type {FollowOptions} from './follow-options.js'
import type {FollowedStack} from './followed-stack.js'
import {isPermanent} from './permanent-failures.js'
import {pollInterval} from './poll-interval.js'
import type {StackEvent} from './stack-data.js'
import {isStable} from './stack-status.js'
import type {Stacks} from './stacks.js'
import {
  applyEvent,
  applyParentEvent,
  nestedStack,
  progressOf,
  root,
  summaryOf,
  type TrackedStack,
  untilNextOperation,
} from './tracked-stack.js'

/** Each pause is up to this part longer or shorter, so that parallel runs in one account do not poll together. */
const jitter = 0.15
/** Stacks whose time comes so soon are looked at now, with the others. */
const togetherMs = 1_000
/** Where no stack is due, as after the end of all that were seen: longer than one at work is left alone. */
const longestPauseMs = 15_000

/** What is known of the stacks that are followed, and the calls that extend it. */
export class StackPoller {
  readonly #stacks: Pick<Stacks, 'describe' | 'newEvents'>
  readonly #options: FollowOptions
  readonly #roots: readonly TrackedStack[]
  /** By id, in the order of discovery, roots first. */
  readonly #tracked: Map<string, TrackedStack>
  readonly #settledRoots = new Set<TrackedStack>()

  constructor(stacks: Pick<Stacks, 'describe' | 'newEvents'>, options: FollowOptions) {
    this.#stacks = stacks
    this.#options = options
    this.#roots = options.roots.map(root)
    this.#tracked = new Map(this.#roots.map(stack => [stack.id, stack]))
  }

  /** Every root has settled, as DescribeStacks says. */
  get settled(): boolean {
    return this.#settledRoots.size === this.#roots.length
  }

  /** The event of every end has been told. */
  get complete(): boolean {
    const stacks = [...this.#tracked.values()]
    return stacks.every(({startedAt, endedAt}) => startedAt === undefined || endedAt !== undefined)
  }

  /** Milliseconds until the next stack is to be looked at. */
  get pause(): number {
    const due = [...this.#tracked.values()].filter(({open}) => open).map(({dueAt}) => dueAt)
    return Math.max(0, Math.min(...due, this.#now() + longestPauseMs) - this.#now())
  }

  /**
   * New events of the open stacks whose time has come, oldest first; those of nested stacks that just appeared
   * included, and of a parent whose nested stack has just come to its end.
   */
  async poll(): Promise<{events: readonly StackProgress[]; failed: boolean}> {
    const events: StackProgress[] = []
    const [looked, missed] = [new Set<TrackedStack>(), new Set<TrackedStack>()]
    let due = this.#open().filter(({dueAt}) => dueAt <= this.#now() + togetherMs)
    while (due.length > 0) {
      const ended = this.#open()
      const told = await this.#look(due, {looked, missed})
      for (const {stack, event} of told) this.#applyEvent(stack, event)
      events.push(...told.map(({stack, event}) => progressOf(stack, event)))
      due = ended
        .filter(({open}) => !open)
        .flatMap(({parentId = ''}) => this.#tracked.get(parentId) ?? [])
        .filter(parent => parent.open && !looked.has(parent))
    }
    this.#plan(looked, missed)
    return {events, failed: missed.size > 0}
  }

  /**
   * Asks DescribeStacks about the roots whose last event tells of an end, or about all that run.
   * @returns whether one could not be asked.
   */
  async settleRoots({all}: {all: boolean}): Promise<boolean> {
    let failed = false
    for (const stack of this.#roots) {
      if (this.#settledRoots.has(stack) || !(all || stack.endedAt !== undefined)) continue
      const answer = await this.#attempt(async () => ({found: await this.#stacks.describe(stack.id)}))
      if (answer === undefined) failed = true
      else this.#decide(stack, answer.found)
    }
    return failed
  }

  /** For the last poll: a root that has settled is left alone otherwise. */
  reopenRoots(): void {
    for (const stack of this.#roots) Object.assign(stack, {open: true, dueAt: this.#now()})
  }

  /** A stack is deleted when all that is nested in it is, whether or not the events of the last one have come by now. */
  summary(): readonly FollowedStack[] {
    return [...this.#tracked.values()].map(summaryOf).map(stack => {
      const parent = this.#tracked.get(stack.parentId ?? '')
      const isLate = stack.status === 'DELETE_IN_PROGRESS' && parent?.status === 'DELETE_COMPLETE'
      return isLate ? {...stack, status: parent.status, endedAt: parent.endedAt} : stack
    })
  }

  #open(): TrackedStack[] {
    return [...this.#tracked.values()].filter(({open}) => open)
  }

  #now(): number {
    return this.#options.clock.now()
  }

  #plan(looked: Iterable<TrackedStack>, missed: ReadonlySet<TrackedStack>): void {
    const {random = Math.random, isLast = true} = this.#options
    const longer = 1 + (random() * 2 - 1) * jitter
    for (const stack of looked) {
      const isMissed = missed.has(stack)
      const interval = pollInterval(stack, this.#tracked, {now: this.#now(), isLast, isMissed})
      stack.dueAt = this.#now() + interval * longer
    }
  }

  /** Asks for the events of stacks, and of the nested ones that these speak of for the first time. */
  async #look(
    due: readonly TrackedStack[],
    {looked, missed}: {looked: Set<TrackedStack>; missed: Set<TrackedStack>},
  ): Promise<readonly Told[]> {
    const lists: Told[][] = []
    for (let next = due; next.length > 0; ) {
      const answers = await Promise.all(next.map(stack => this.#attempt(() => this.#newEvents(stack))))
      const found: TrackedStack[] = []
      for (const [index, stack] of next.entries()) {
        looked.add(stack)
        const events = answers[index]
        if (events === undefined) missed.add(stack)
        lists.push((events ?? []).map(event => ({stack, event})))
        found.push(...this.#discover(events ?? []))
      }
      next = found
    }
    return merged(lists)
  }

  async #newEvents(stack: TrackedStack): Promise<readonly StackEvent[]> {
    const events = await this.#stacks.newEvents(stack.id, {seen: stack.seen, since: this.#options.since})
    return this.#settledRoots.has(stack) ? untilNextOperation(stack, events) : events
  }

  /** Nested stacks that were not known are followed from now on. */
  #discover(events: readonly StackEvent[]): TrackedStack[] {
    return events.flatMap(event => {
      const nested = nestedStack(event)
      if (nested === undefined || this.#tracked.has(nested.id)) return []
      this.#tracked.set(nested.id, nested)
      return nested
    })
  }

  #applyEvent(stack: TrackedStack, event: StackEvent): void {
    const {status, reason} = stack
    applyEvent(stack, event, this.#now())
    // An event that comes late does not take back what DescribeStacks has said.
    if (this.#settledRoots.has(stack)) Object.assign(stack, {status, reason})
    const nested = this.#tracked.get(event.physicalId)
    if (nested === undefined || nested === stack) return
    const wasOpen = nested.open
    applyParentEvent(nested, event)
    if (nested.open && !wasOpen) nested.dueAt = this.#now()
  }

  #decide(stack: TrackedStack, found: {readonly status: string; readonly reason?: string} | undefined): void {
    // Only a true "does not exist" gives nothing: a stack that was followed by name and is deleted.
    const {status, reason} = found ?? {status: 'DELETE_COMPLETE', reason: stack.reason}
    if (!isStable(status)) return
    this.#settledRoots.add(stack)
    stack.status = status
    stack.reason = reason ?? stack.reason
    // Until the event of its end is told, too.
    stack.open = stack.endedAt === undefined
  }

  /**
   * The answer, or undefined after telling of the failure. Throws when the signal aborts, and when asking again is
   * no use while somebody still waits for the end; after it, only late events could be missed.
   */
  async #attempt<T>(call: () => Promise<T>): Promise<T | undefined> {
    const {signal, onPollFailure} = this.#options
    try {
      return await untilAborted(call(), signal)
    } catch (error) {
      signal.throwIfAborted()
      if (isPermanent(error) && !this.settled) throw error
      onPollFailure?.(error)
      return undefined
    }
  }
}

interface Told {
  readonly stack: TrackedStack
  readonly event: StackEvent
}

/**
 * One list by time stamp. The order that AWS gave within a stack stays, because many events share a time stamp;
 * between stacks the earlier discovered one comes first, the parent before its child.
 */
function merged(lists: readonly (readonly Told[])[]): readonly Told[] {
  const queues = lists.map(list => [...list])
  const all: Told[] = []
  for (;;) {
    let oldest: Told[] | undefined
    for (const queue of queues) {
      if (queue[0] && (!oldest?.[0] || queue[0].event.at < oldest[0].event.at)) oldest = queue
    }
    const next = oldest?.shift()
    if (!next) return all
    all.push(next)
  }
}

/** Rejects with the signal's reason as soon as it aborts; what the promise does later is of no interest. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  promise.catch(() => {})
  signal.throwIfAborted()
  let onAbort = () => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, {once: true})
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
