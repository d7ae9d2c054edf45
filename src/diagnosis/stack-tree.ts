import type {StackProgress} from '../progress.js'

/** Of an event that speaks of a stack: the stack's own, or its parent's about it. */
export const stackType = 'AWS::CloudFormation::Stack'

/** What events tell about the stacks that they belong to: which lies in which, and when each root rolled back. */
export class StackTree {
  /** The parent's event about a nested stack, by the nested stack's id. */
  readonly #parentEvents = new Map<string, StackProgress>()
  /** The events of each stack about itself, oldest first. */
  readonly #ownEvents = new Map<string, StackProgress[]>()
  /** When each resource was last seen to be gone. */
  readonly #goneAt = new Map<string, number>()

  /** Stacks in which a check before the operation found something. */
  readonly #checked = new Set<string>()

  constructor(events: readonly StackProgress[]) {
    for (const event of [...events].sort((a, b) => a.at - b.at)) {
      const {type, isStack, stackId, logicalId, physicalId, status, at} = event
      if (isStack) this.#ownEvents.set(stackId, withNext(this.#ownEvents.get(stackId) ?? [], event))
      else if (type === stackType && physicalId !== '') this.#parentEvents.set(physicalId, event)
      if (status === 'VALIDATION_FAILED') this.#checked.add(stackId)
      if (/^DELETE_(COMPLETE|SKIPPED)$/.test(status)) this.#goneAt.set(`${stackId} ${logicalId}`, at)
    }
  }

  /** From the root to the stack of the event: the root's name, then the logical ids of nested stacks. */
  pathTo(event: StackProgress): readonly string[] {
    const told = this.#parentEvents.get(event.stackId)
    return told === undefined ? [event.stackName] : [...this.pathTo(told), told.logicalId]
  }

  /** What a nested stack says of itself is about a resource of its parent. */
  placeOf(event: StackProgress): StackProgress {
    return (event.isStack ? this.#parentEvents.get(event.stackId) : undefined) ?? event
  }

  /** Whether the root of the event's stack was asked to go away, rather than to come or to change. */
  isDeletion(event: StackProgress): boolean {
    const [first] = this.#eventsOfRoot(event)
    return first === undefined ? event.status.startsWith('DELETE_') : first.status.startsWith('DELETE_')
  }

  /** A stack's event that tells why the stack goes back instead of on. */
  isTurn(event: StackProgress): boolean {
    return event.isStack && !this.isDeletion(event) && turns.test(event.status)
  }

  /** When the root of the event's stack rolled back; never, when it did not. */
  turnedAt(event: StackProgress): number {
    return this.#eventsOfRoot(event).find(told => this.isTurn(told))?.at ?? Number.POSITIVE_INFINITY
  }

  /** CloudFormation tries some deletions again: what is gone in the end did not fail. */
  wasOvercome({status, stackId, logicalId, at}: StackProgress): boolean {
    return status === 'DELETE_FAILED' && (this.#goneAt.get(`${stackId} ${logicalId}`) ?? 0) >= at
  }

  /** A parent's event about a nested stack that has said itself why it failed, or a stack's about checks that have. */
  isTold({isStack, stackId, physicalId, reason}: StackProgress): boolean {
    if (isStack) return this.#checked.has(stackId) && /AWS::EarlyValidation::/.test(reason ?? '')
    const events = this.#ownEvents.get(physicalId) ?? []
    return events.some(({status, reason: own}) => status.endsWith('_FAILED') && own !== undefined)
  }

  #eventsOfRoot(event: StackProgress): readonly StackProgress[] {
    const told = this.#parentEvents.get(event.stackId)
    return told === undefined ? (this.#ownEvents.get(event.stackId) ?? []) : this.#eventsOfRoot(told)
  }
}

/** Of a stack that was being made or changed. UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS comes later. */
const turns = /^((UPDATE_|IMPORT_)?ROLLBACK|DELETE)_IN_PROGRESS$/

/** A deletion that CloudFormation called off was no operation: what comes after it is judged as if it had not been. */
function withNext(events: readonly StackProgress[], next: StackProgress): StackProgress[] {
  if (!/^Delete canceled/i.test(next.reason ?? '') || next.status.startsWith('DELETE_'))
    return [...events, next]
  const begun = events.findLastIndex(({status}) => status === 'DELETE_IN_PROGRESS')
  return begun === -1 ? [...events] : events.slice(0, begun)
}
