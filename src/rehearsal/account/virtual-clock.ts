/**
 * How fast an account's time passes: a multiple of real time, or `max`, where time stands still until somebody
 * who waits moves it on: as fast as the machine can, and the same life every time.
 */
export type Speed = number | 'max'

/**
 * The account's clock. It stands still while it is held, for work that takes real time but no virtual time, such
 * as running a Lambda function's code.
 */
export class VirtualClock {
  #speed: Speed
  #base: number
  #realBase: number
  #holds = 0
  #waiters: (() => void)[] = []

  /** Shows `now` (epoch ms) at this moment. */
  constructor(options: {speed: Speed; now: number}) {
    this.#speed = options.speed
    this.#base = options.now
    this.#realBase = Date.now()
  }

  get speed(): Speed {
    return this.#speed
  }

  get held(): boolean {
    return this.#holds > 0
  }

  now(): number {
    return this.#holds > 0 || this.#speed === 'max'
      ? this.#base
      : this.#base + (Date.now() - this.#realBase) * this.#speed
  }

  /** Real milliseconds until this clock shows `at`, 0 when it already does; undefined when it will not by itself. */
  realDelayUntil(at: number): number | undefined {
    const missing = Math.max(0, at - this.now())
    if (missing === 0) return 0
    return this.#speed === 'max' ? undefined : missing / this.#speed
  }

  setSpeed(speed: Speed): void {
    this.#rebase()
    this.#speed = speed
  }

  /** Moves a clock that stands still on; never back. */
  moveTo(at: number): void {
    this.#rebase()
    this.#base = Math.max(this.#base, at)
  }

  /** Sets a clock that is held to the time of the work it is held for. */
  standAt(at: number): void {
    this.#base = at
    this.#realBase = Date.now()
  }

  hold(): void {
    this.#rebase()
    this.#holds += 1
  }

  release(): void {
    this.#rebase()
    this.#holds -= 1
    if (this.#holds > 0) return
    const waiters = this.#waiters
    this.#waiters = []
    for (const resume of waiters) resume()
  }

  /** Resolves when nobody holds the clock. */
  released(): Promise<void> {
    return this.held ? new Promise(resolve => this.#waiters.push(resolve)) : Promise.resolve()
  }

  #rebase(): void {
    this.#base = this.now()
    this.#realBase = Date.now()
  }
}
