import type {Stack, StackEvent} from '../../../../src/rehearsal/account/stack.js'
import {eventId} from '../../../../src/rehearsal/engine/events.js'
import {childWhen, deletionFollows, follows, resourceFollows, rowsWithin} from './follows.js'

const nestedStackType = 'AWS::CloudFormation::Stack'

/** How far a stack's events have been looked at, and what they have said. */
interface Told {
  count: number
  at: number
  status: string
  ids: Set<string>
  /** What was said last of the making of a resource, by logical id; of the deletion of a resource, by that and its physical id. */
  resources: Map<string, string>
  /** What was said of them until then, and at that very moment, in which stacks tell things in no order. */
  lately: Map<string, {at: number; statuses: string[]}>
  /** That of each resource, by logical id. */
  physicalIds: Map<string, string>
  /** Resources under way. */
  open: Set<string>
}

/**
 * Whether the events of stacks come in the order in which CloudFormation tells them. Looks at what is new each time.
 * @param byHand ids of nested stacks with which something was done past their parent
 */
export class EventOrder {
  readonly #told = new Map<string, Told>()

  /** @returns what is out of order; of each stack the first thing */
  look(stacks: Readonly<Record<string, Stack>>, byHand: ReadonlySet<string>): string[] {
    const wrong: string[] = []
    const next = Object.values(stacks).flatMap(stack => {
      const told = this.#of(stack)
      const events = stack.events.slice(told.count)
      told.count = stack.events.length
      return events.map(event => ({stack, told, event}))
    })
    // Between stacks by time; what one stack says stays in its own order, so that a time that goes back is seen.
    for (const {stack, told, event} of merged(next)) {
      const problem = this.#problem(stack, told, event, byHand)
      if (problem !== undefined) wrong.push(`${stack.name}: ${event.logicalId} ${event.status}: ${problem}`)
    }
    return wrong
  }

  #of({id}: Stack): Told {
    let told = this.#told.get(id)
    if (!told) {
      const nothing = {
        resources: new Map(),
        lately: new Map(),
        physicalIds: new Map(),
        open: new Set<string>(),
      }
      told = {count: 0, at: 0, status: '', ids: new Set(), ...nothing}
      this.#told.set(id, told)
    }
    return told
  }

  #problem(stack: Stack, told: Told, event: StackEvent, byHand: ReadonlySet<string>): string | undefined {
    const id = eventId(event)
    if (told.ids.has(id)) return 'an id that another event has'
    told.ids.add(id)
    if (event.at < told.at) return `${told.at - event.at} ms before the event before it`
    told.at = event.at
    return event.physicalId === stack.id
      ? this.#ofStack(stack, told, event, byHand)
      : this.#ofResource(told, event, byHand)
  }

  #ofStack(stack: Stack, told: Told, {status}: StackEvent, byHand: ReadonlySet<string>): string | undefined {
    const before = told.status
    told.status = status
    if (!follows[before]?.includes(status)) return `after ${before || 'nothing'}`
    const [open] = told.open
    const ends = !status.endsWith('_IN_PROGRESS')
    if (ends && open !== undefined) return `while ${open} is under way`
    // What an operation leaves under way, the next one begins with anew.
    told.open.clear()
    if (stack.parentId === undefined || byHand.has(stack.id) || ends) return undefined
    if (!/^(CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(status)) return undefined
    const keys = [stack.parentLogicalId ?? '', `${stack.parentLogicalId} ${stack.id}`]
    const doing = keys.flatMap(key => this.#told.get(stack.parentId ?? '')?.lately.get(key)?.statuses ?? [])
    return doing.includes(status) ? undefined : `while its parent says ${doing.join(', ') || 'nothing'}`
  }

  #ofResource(told: Told, event: StackEvent, byHand: ReadonlySet<string>): string | undefined {
    const {logicalId, physicalId, status, type} = event
    const isDeletion = status.startsWith('DELETE')
    const key = isDeletion ? `${logicalId} ${physicalId}` : logicalId
    const before = told.resources.get(key) ?? ''
    told.resources.set(key, status)
    const lately = told.lately.get(key)
    if (lately?.at === event.at) lately.statuses.push(status)
    else
      told.lately.set(key, {
        at: event.at,
        statuses: lately ? [...lately.statuses.slice(-1), status] : [status],
      })
    if (!isDeletion) {
      told.physicalIds.set(logicalId, physicalId)
      // What was deleted may have been made anew under its name.
      told.resources.delete(`${logicalId} ${physicalId}`)
    } else if (isForgotten(told, status) && told.physicalIds.get(logicalId) === physicalId) {
      told.resources.delete(logicalId)
    }
    if (status.endsWith('_IN_PROGRESS')) told.open.add(key)
    else told.open.delete(key)
    if (isDeletion) told.open.delete(logicalId)
    const [word = ''] = status.split('_')
    if (!rowsWithin[told.status]?.includes(word)) return `while the stack is ${told.status || 'not begun'}`
    if (!mayFollow(told.status, event, before)) return `after ${before || 'nothing'}`
    if (type !== nestedStackType || byHand.has(physicalId)) return undefined
    const child = this.#told.get(physicalId)
    const wanted = childWhen[status]
    if (child === undefined || wanted === undefined || wanted.includes(child.status)) return undefined
    return `while the nested stack is ${child.status}`
  }
}

/** Whether a resource is no more of its stack's: gone, left behind, or not deleted in a clean-up, which gives up on it. */
function isForgotten(told: Told, status: string): boolean {
  return (
    /_(COMPLETE|SKIPPED)$/.test(status) || (status === 'DELETE_FAILED' && told.status.includes('CLEANUP'))
  )
}

function mayFollow(stackStatus: string, {status, physicalId}: StackEvent, before: string): boolean {
  if (status.startsWith('DELETE')) {
    // What was never made is gone at once; what an operation before this one had begun begins again.
    if (status === 'DELETE_COMPLETE' && physicalId === '') return true
    if (status === 'DELETE_IN_PROGRESS' && before === status) return true
    return deletionFollows[before]?.includes(status) === true
  }
  // A resource goes back to the resource that it had, or is left out.
  if (status === 'UPDATE_COMPLETE' && stackStatus === 'UPDATE_ROLLBACK_IN_PROGRESS') return true
  return resourceFollows[before]?.includes(status) === true
}

function merged<T extends {stack: Stack; event: StackEvent}>(all: readonly T[]): T[] {
  const queues = new Map<string, T[]>()
  for (const one of all) queues.set(one.stack.id, [...(queues.get(one.stack.id) ?? []), one])
  const sorted: T[] = []
  for (;;) {
    let oldest: T[] | undefined
    for (const queue of queues.values()) {
      if (queue[0] && (!oldest?.[0] || queue[0].event.at < oldest[0].event.at)) oldest = queue
    }
    const next = oldest?.shift()
    if (!next) return sorted
    sorted.push(next)
  }
}
