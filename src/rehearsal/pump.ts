import type {World} from './account/world.js'

/** Longest real sleep in milliseconds; timers beyond 2^31 fire at once. */
const longestSleepMs = 60_000

/** Real milliseconds between a change and its writing to the state file: many changes, one write. */
const saveDelayMs = 250

/**
 * Keeps an account moving: wakes up when the next thing on the agenda is due, and has the state saved soon after
 * anything happened.
 */
export class Pump {
  #timer: NodeJS.Timeout | undefined
  #saveTimer: NodeJS.Timeout | undefined
  readonly #world: World
  readonly #save: () => void
  readonly #onError: (error: unknown) => void

  constructor(world: World, options: {save: () => void; onError: (error: unknown) => void}) {
    this.#world = world
    this.#save = options.save
    this.#onError = options.onError
    world.onAgendaChange = () => this.#arm()
  }

  /** Lets everything happen that is due, then sleeps until the next thing is. */
  run(): void {
    const before = this.#world.account.sequence
    const due = this.#world.account.agenda.length
    try {
      this.#world.advance()
    } catch (error) {
      this.#onError(error)
    }
    if (this.#world.account.sequence !== before || this.#world.account.agenda.length !== due) this.changed()
    this.#arm()
  }

  /**
   * Lets everything happen up to `at` (epoch ms) and moves a standing clock there, one agenda item after the
   * other: what an item's own work does happens at that item's time.
   */
  async moveTo(at: number): Promise<void> {
    const {clock, account} = this.#world
    while (clock.now() < at) {
      await clock.released()
      clock.moveTo(Math.min(at, account.agenda[0]?.at ?? at))
      this.run()
    }
    await clock.released()
  }

  /** Something changed: it is saved soon. */
  changed(): void {
    this.#saveTimer ??= setTimeout(() => this.saveNow(), saveDelayMs)
  }

  saveNow(): void {
    clearTimeout(this.#saveTimer)
    this.#saveTimer = undefined
    try {
      this.#save()
    } catch (error) {
      this.#onError(error)
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#world.onAgendaChange = () => {}
    this.saveNow()
  }

  #arm(): void {
    clearTimeout(this.#timer)
    const [next] = this.#world.account.agenda
    if (!next || this.#world.clock.held) return
    const delay = this.#world.clock.realDelayUntil(next.at)
    if (delay === undefined) return
    this.#timer = setTimeout(() => this.run(), Math.ceil(Math.min(delay, longestSleepMs)))
  }
}
