import type {World} from '../account/world.js'
import type {Saver} from './saver.js'

/** Longest real sleep in milliseconds; timers beyond 2^31 fire at once. */
const longestSleepMs = 60_000

/** Keeps an account moving: wakes up when the next event is due, and tells when anything changes. */
export class Pump {
  #timer: NodeJS.Timeout | undefined
  readonly #world: World
  readonly #saver: Pick<Saver, 'beforeChange' | 'changed'>
  readonly #onError: (error: unknown) => void

  constructor(
    world: World,
    options: {saver: Pick<Saver, 'beforeChange' | 'changed'>; onError: (error: unknown) => void},
  ) {
    this.#world = world
    this.#saver = options.saver
    this.#onError = options.onError
    world.onScheduleChange = () => this.#arm()
  }

  /** Lets everything happen that is due, then sleeps until the next thing is. */
  run(): void {
    const [next] = this.#world.account.eventQueue
    const isDue = next !== undefined && next.at <= this.#world.clock.now() && !this.#world.clock.held
    if (isDue) this.#saver.beforeChange()
    try {
      this.#world.advance()
    } catch (error) {
      this.#onError(error)
    }
    if (isDue) this.#saver.changed()
    this.#arm()
  }

  /**
   * Lets everything happen up to `at` (epoch ms) and moves a standing clock there, one event after the other:
   * what an event's own work does happens at that event's time.
   */
  async moveTo(at: number): Promise<void> {
    const {clock, account} = this.#world
    while (clock.now() < at) {
      await clock.released()
      clock.moveTo(Math.min(at, account.eventQueue[0]?.at ?? at))
      this.run()
    }
    await clock.released()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#world.onScheduleChange = () => {}
  }

  #arm(): void {
    clearTimeout(this.#timer)
    const [next] = this.#world.account.eventQueue
    if (!next || this.#world.clock.held) return
    const delay = this.#world.clock.realDelayUntil(next.at)
    if (delay === undefined) return
    this.#timer = setTimeout(() => this.run(), Math.ceil(Math.min(delay, longestSleepMs)))
  }
}
