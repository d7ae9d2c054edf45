import type {Clock} from '../../clock.js'

/** Looks at an alarm in all, in real milliseconds at least and at most between two of them. */
const looks = 1000
const shortestTickMs = 20
const longestTickMs = 1000
/**
 * Real milliseconds for which one call counts as our own work at most: a call that is never answered is no slowness of this
 * machine, and whoever waits for it must come to an end.
 */
const longestWorkMs = 10_000

/**
 * Counts time of an account that passes by itself as waiting time alone: not what this machine needs for its own work. A call
 * takes a hundredth of a second, which is seconds of an account that is 200 times as fast, and minutes where the machine is
 * slow; beside AWS the same calls take no longer than they take.
 *
 * What is done in `hold` does not count, nor what the event loop is late, because something kept it busy or the machine slept.
 */
export class CountedTime {
  readonly #speed: number
  readonly #realNow: () => number
  /** When each piece of work that goes on now began; in the order of their beginning. */
  readonly #works = new Set<{since: number}>()
  /** Real milliseconds that went into work since the last look, until `#workedUntil`. */
  #worked = 0
  #workedUntil = 0

  constructor(speed: number, realNow: () => number = () => performance.now()) {
    this.#speed = speed
    this.#realNow = realNow
  }

  readonly hold: NonNullable<Clock['hold']> = async work => {
    this.#settle()
    const mine = {since: this.#realNow()}
    this.#works.add(mine)
    try {
      return await work()
    } finally {
      this.#settle()
      this.#works.delete(mine)
    }
  }

  readonly alarm: Clock['alarm'] = (ms, ring) => {
    let left = ms / this.#speed
    const usual = Math.min(longestTickMs, Math.max(shortestTickMs, left / looks))
    // What is over before that is looked at more finely.
    const tick = Math.max(1, Math.min(usual, left / 4))
    let lookedAt = this.#realNow()
    let workedBefore = this.#workedSoFar()
    const timer = setInterval(() => {
      const now = this.#realNow()
      const worked = this.#workedSoFar()
      // A look that comes late was kept from coming: half a look more is the timer's own doing.
      left -= Math.max(0, Math.min(now - lookedAt, tick * 1.5) - (worked - workedBefore))
      lookedAt = now
      workedBefore = worked
      if (left > 0) return
      clearInterval(timer)
      ring()
    }, tick)
    // An alarm alone keeps no process alive.
    timer.unref()
    return () => clearInterval(timer)
  }

  /** Real milliseconds in all during which there was work. */
  #workedSoFar(): number {
    this.#settle()
    return this.#worked
  }

  #settle(): void {
    const now = this.#realNow()
    const isWorking = [...this.#works].some(({since}) => now - since < longestWorkMs)
    if (isWorking) this.#worked += now - this.#workedUntil
    this.#workedUntil = now
  }
}
