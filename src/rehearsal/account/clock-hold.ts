import type {VirtualClock} from './virtual-clock.js'

/** Real milliseconds that a client may let the account's time stand still at once. */
export const longestStandStillMs = 10_000

/**
 * Lets the account's time stand still while a client works: at many times real time hours would pass meanwhile, which
 * pass for nobody who works beside AWS.
 */
export class StandStill {
  readonly #clock: Pick<VirtualClock, 'hold' | 'release'>
  readonly #onEnd: () => void
  #timer: NodeJS.Timeout | undefined

  /** @param onEnd called when time goes on: lets happen what is due */
  constructor(clock: Pick<VirtualClock, 'hold' | 'release'>, onEnd: () => void) {
    this.#clock = clock
    this.#onEnd = onEnd
  }

  /** From now on for so many real milliseconds; 0 ends it. A client that has died holds nothing for longer. */
  hold(ms: number): void {
    const stands = this.#timer !== undefined
    clearTimeout(this.#timer)
    this.#timer = ms > 0 ? setTimeout(() => this.hold(0), ms) : undefined
    if (ms > 0 && !stands) this.#clock.hold()
    if (ms === 0 && stands) {
      this.#clock.release()
      this.#onEnd()
    }
  }
}
