import type {AccessKey} from '../wire/sigv4.js'
import {derivedSecret, newKey} from './access-key.js'
import {type Account, type Region, type Resource, regionOf, resourceKey} from './account.js'
import {dictionary} from './dictionary.js'
import type {EventData, EventName} from './event-data.js'
import {addEvent, type ScheduledEvent, takeEvent, withoutEvents} from './event-queue.js'
import {chance, hexId, letters, uuid} from './random.js'
import {ResourceIndex} from './resource-index.js'
import type {VirtualClock} from './virtual-clock.js'

/** What happens when the time of an event has come. Synchronous: whatever takes time is scheduled. */
export type EventHandler<Data> = (world: World, region: Region, data: Data) => void

/** A handler for every event that there is. */
export type EventHandlers = {[Name in EventName]: EventHandler<EventData[Name]>}

/**
 * The account in motion: its data, its clock, and the queue of events that moves it. Nothing happens between
 * events, so two accounts with the same seed and the same calls live the same life.
 */
export class World {
  readonly account: Account
  readonly clock: VirtualClock
  /** Not part of the account's data: a copy of that has another one. */
  readonly key: AccessKey
  /** Told when the next event may be another one or due at another moment, so that the server can set its timer. */
  onScheduleChange: () => void = () => {}
  /** Its names are its own alone: that of an event may come from a file. */
  readonly #handlers: Partial<EventHandlers> = dictionary<never>()
  readonly #index = new ResourceIndex()
  #advancing = false

  constructor(account: Account, clock: VirtualClock, key: AccessKey = newKey()) {
    this.account = account
    this.clock = clock
    this.key = key
  }

  /**
   * Virtual time: that of the last thing that happened, or up to which `advance` has come. It never goes back, and is the
   * same throughout what is done at once: the clock moves on meanwhile, and what reads it twice would schedule what
   * is due before it has itself been told.
   */
  get now(): number {
    return this.account.now
  }

  /** Registers handlers; one for each event. */
  on(handlers: Partial<EventHandlers>): void {
    const twice = Object.keys(handlers).find(name => name in this.#handlers)
    if (twice !== undefined) throw new Error(`Two handlers for the event ${twice}`)
    Object.assign(this.#handlers, handlers)
  }

  /** Lets an event happen `seconds` of virtual time from now. */
  schedule<Name extends EventName>(name: Name, seconds: number, region: string, data: EventData[Name]): void {
    this.account.sequence += 1
    const event: ScheduledEvent<Name> = {
      at: this.now + Math.max(0, seconds) * 1000,
      order: this.account.sequence,
      name,
      region,
      data,
    }
    addEvent(this.account.eventQueue, event)
    this.onScheduleChange()
  }

  /** Takes matching events off the queue. */
  unschedule<Name extends EventName>(name: Name, matches: (data: EventData[Name]) => boolean): void {
    this.account.eventQueue = withoutEvents(this.account.eventQueue, name, matches)
  }

  /** Lets everything happen whose time has come. */
  advance(): void {
    // What a holder does in real time must be done before anything else happens.
    if (this.#advancing || this.clock.held) return
    const until = this.clock.now()
    this.#advancing = true
    try {
      for (;;) {
        const event = this.account.eventQueue[0]
        if (!event || event.at > until) break
        takeEvent(this.account.eventQueue)
        this.account.now = Math.max(this.account.now, event.at)
        this.#handle(event)
        // A handler may hold the clock for work in real time; what comes later has to wait for it. The work is done
        // at the event's own time, however late the machine came to it.
        if (this.clock.held) {
          this.clock.standAt(this.account.now)
          break
        }
      }
    } finally {
      this.#advancing = false
    }
    if (!this.clock.held) this.account.now = Math.max(this.account.now, until)
  }

  #handle<Name extends EventName>({name, region, data}: ScheduledEvent<Name>): void {
    const handler = this.#handlers[name]
    if (!handler) throw new Error(`Nobody handles the event ${name}`)
    handler(this, regionOf(this.account, region), data)
  }

  region(name: string): Region {
    return regionOf(this.account, name)
  }

  /** The live resource, or undefined. */
  resource(region: Region, type: string, physicalId: string): Resource | undefined {
    return region.resources[resourceKey(type, physicalId)]
  }

  /** Every live resource of a type in a region, oldest first. */
  resourcesOf(region: Region, type: string): Resource[] {
    return this.#index.ofType(region, type)
  }

  put(region: Region, resource: Resource): void {
    const key = resourceKey(resource.type, resource.physicalId)
    region.resources[key] = resource
    this.#index.added(region, key, resource)
  }

  remove(region: Region, resource: Resource): void {
    const key = resourceKey(resource.type, resource.physicalId)
    delete region.resources[key]
    this.#index.removed(region, key, resource)
  }

  /** A number 0 ≤ n < 1 that depends on the seed and the words alone. */
  chance(...words: readonly (string | number)[]): number {
    return chance(this.account.seed, ...words)
  }

  /** A fresh hexadecimal id, of at most 64 digits, that nobody can guess who does not know the account's key. */
  newSecretHex(length: number): string {
    return derivedSecret(this.key, 'address', this.newHex(64)).toString('hex').slice(0, length)
  }

  /** A fresh hexadecimal id: differs at each call, repeats with the same seed and calls. */
  newHex(length: number): string {
    return hexId(this.account.seed, length, 'id', this.#next())
  }

  newUuid(): string {
    return uuid(this.account.seed, 'id', this.#next())
  }

  /** Fresh upper-case letters and digits, as in CloudFormation's generated names. */
  newSuffix(length: number): string {
    return letters(this.account.seed, length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 'id', this.#next())
  }

  #next(): number {
    this.account.sequence += 1
    return this.account.sequence
  }
}
