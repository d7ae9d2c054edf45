import type {EventData, EventName} from './event-data.js'

/** An event that will happen at `at` (epoch ms of the account's clock). */
export interface ScheduledEvent<Name extends EventName = EventName> {
  at: number
  /** Ties are broken by the order of scheduling. */
  order: number
  name: Name
  region: string
  data: EventData[Name]
}

/**
 * A binary heap, so that it stays plain data and the next event is first whatever its length: a thousand stacks at
 * work have hundreds of thousands of events. One that is sorted is such a heap.
 */
export type EventQueue = ScheduledEvent[]

/** Adds an event. */
export function addEvent(queue: EventQueue, event: ScheduledEvent): void {
  let index = queue.push(event) - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!isBefore(event, queue[parent] as ScheduledEvent)) break
    queue[index] = queue[parent] as ScheduledEvent
    index = parent
  }
  queue[index] = event
}

/** Takes the next event. */
export function takeEvent(queue: EventQueue): ScheduledEvent | undefined {
  const [next] = queue
  const last = queue.pop()
  if (last && next !== last) sink(queue, last)
  return next
}

/** The queue without the events of that name whose data match. */
export function withoutEvents<Name extends EventName>(
  queue: EventQueue,
  name: Name,
  matches: (data: EventData[Name]) => boolean,
): EventQueue {
  const kept = queue.filter(event => !(isNamed(event, name) && matches(event.data)))
  return kept.length === queue.length
    ? queue
    : kept.sort((left, right) => left.at - right.at || left.order - right.order)
}

/** Whether an event is of that name, and its data what belongs to it. */
export function isNamed<Name extends EventName>(
  event: ScheduledEvent,
  name: Name,
): event is ScheduledEvent<Name> {
  return event.name === name
}

/** Puts an event where the first one was, and then to its place. */
function sink(queue: EventQueue, event: ScheduledEvent): void {
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    if (child >= queue.length) break
    const right = queue[child + 1]
    if (right && isBefore(right, queue[child] as ScheduledEvent)) child += 1
    if (!isBefore(queue[child] as ScheduledEvent, event)) break
    queue[index] = queue[child] as ScheduledEvent
    index = child
  }
  queue[index] = event
}

function isBefore(left: ScheduledEvent, right: ScheduledEvent): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order)
}
