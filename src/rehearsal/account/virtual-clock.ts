/**
 * The account's clock: runs `speed` times as fast as the machine's and stands still while it is held.
 * Holding is for work that takes real time but no virtual time, such as running a Lambda function's code.
 */
export class VirtualClock {
  #speed: number
  #base: number
  #realBase: number
  #holds = 0

  /** Shows `now` (epoch ms) at this moment. */
  constructor(options: {speed: number; now: number}) {
    this.#speed = options.speed
    this.#base = options.now
    this.#realBase = Date.now()
  }

  get speed(): number {
    return this.#speed
  }

  get held(): boolean {
    return this.#holds > 0
  }

  now(): number {
    return this.#holds > 0 ? this.#base : this.#base + (Date.now() - this.#realBase) * this.#speed
  }

  /** Real milliseconds until this clock shows `at`; 0 when it already does. */
  realDelayUntil(at: number): number {
    return Math.max(0, (at - this.now()) / this.#speed)
  }

  setSpeed(speed: number): void {
    this.#rebase()
    this.#speed = speed
  }

  hold(): void {
    this.#rebase()
    this.#holds += 1
  }

  release(): void {
    this.#rebase()
    this.#holds -= 1
  }

  #rebase(): void {
    this.#base = this.now()
    this.#realBase = Date.now()
  }
}
