import type {VirtualClock} from './virtual-clock.js'

/** Real milliseconds for which a client may hold the account's clock at once. */
export const longestClockHoldMs = 10_000

/**
 * Holds the account's clock while a client works: at many times real time hours would pass meanwhile, which
 * pass for nobody who works beside AWS.
 */
export class ClockHold {
  readonly #clock: Pick<VirtualClock, 'hold' | 'release'>
  readonly #onEnd: () => void
  #timer: NodeJS.Timeout | undefined

  /** @param onEnd called when the clock moves on: lets happen what is due */
  constructor(clock: Pick<VirtualClock, 'hold' | 'release'>, onEnd: () => void) {
    this.#clock = clock
    this.#onEnd = onEnd
  }

  /** From now on for so many real milliseconds; 0 ends it. A client that has died holds nothing for longer. */
  hold(ms: number): void {
    const isHeld = this.#timer !== undefined
    clearTimeout(this.#timer)
    this.#timer = ms > 0 ? setTimeout(() => this.hold(0), ms) : undefined
    if (ms > 0 && !isHeld) this.#clock.hold()
    if (ms === 0 && isHeld) {
      this.#clock.release()
      this.#onEnd()
    }
  }
}
