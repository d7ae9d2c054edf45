import type {AccessKey} from '../wire/sigv4.js'
import {derivedSecret, newKey} from './access-key.js'
import {type Account, type AgendaItem, type Region, type Resource, regionOf, resourceKey} from './account.js'
import {addItem, takeItem, withoutItems} from './agenda.js'
import {chance, hexId, letters, uuid} from './random.js'
import {ResourceIndex} from './resource-index.js'
import type {VirtualClock} from './virtual-clock.js'

/** What happens when an agenda item's time has come. Synchronous: whatever takes time is scheduled. */
export type AgendaHandler = (world: World, region: Region, data: Record<string, unknown>) => void

/**
 * The account in motion: its data, its clock, and the agenda that moves it. Nothing happens between agenda
 * items, so two accounts with the same seed and the same calls live the same life.
 */
export class World {
  readonly account: Account
  readonly clock: VirtualClock
  /** Not part of the account's data: a copy of that has another one. */
  readonly key: AccessKey
  /** Told after every change of the agenda, so that the server can set its timer. */
  onAgendaChange: () => void = () => {}
  readonly #handlers = new Map<string, AgendaHandler>()
  readonly #index = new ResourceIndex()
  #advancing = false

  constructor(account: Account, clock: VirtualClock, key: AccessKey = newKey()) {
    this.account = account
    this.clock = clock
    this.key = key
  }

  /**
   * Virtual time: that of the last thing that happened, or up to which `advance` has come. It never goes back, and is the
   * same throughout what is done at once: the clock goes on meanwhile, and what reads it twice would put on the agenda
   * what is due before it has itself been told.
   */
  get now(): number {
    return this.account.now
  }

  /** Registers the handler of an agenda kind; one for each. */
  on(kind: string, handler: AgendaHandler): void {
    if (this.#handlers.has(kind)) throw new Error(`Two handlers for the agenda kind ${kind}`)
    this.#handlers.set(kind, handler)
  }

  /** Puts `kind` on the agenda `seconds` of virtual time from now. */
  schedule(kind: string, seconds: number, region: string, data: Record<string, unknown>): void {
    this.account.sequence += 1
    const item: AgendaItem = {
      at: this.now + Math.max(0, seconds) * 1000,
      order: this.account.sequence,
      kind,
      region,
      data,
    }
    addItem(this.account.agenda, item)
    this.onAgendaChange()
  }

  /** Takes matching items off the agenda. */
  unschedule(kind: string, matches: (data: Record<string, unknown>) => boolean): void {
    this.account.agenda = withoutItems(this.account.agenda, item => item.kind === kind && matches(item.data))
  }

  /** Lets everything happen whose time has come. */
  advance(): void {
    // What a holder does in real time must be done before anything else happens.
    if (this.#advancing || this.clock.held) return
    const until = this.clock.now()
    this.#advancing = true
    try {
      for (;;) {
        const item = this.account.agenda[0]
        if (!item || item.at > until) break
        takeItem(this.account.agenda)
        this.account.now = Math.max(this.account.now, item.at)
        const handler = this.#handlers.get(item.kind)
        if (!handler) throw new Error(`Nobody handles the agenda kind ${item.kind}`)
        handler(this, regionOf(this.account, item.region), item.data)
        // A handler may hold the clock for work in real time; what comes later has to wait for it. The work is done
        // at the item's own time, however late the machine came to it.
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
