import type {Clock} from '../clock.js'

/**
 * At the beginning, until the second bound is the lower one. With what other services are asked meanwhile it is half a
 * call a second on average, which harms nobody in the account.
 */
const firstPerSecond = 0.38
/** Beyond: 885 calls in 45 minutes, of the 900 which a deployment may cost; the rest is what it does besides. */
const later = {calls: 225, perSecond: 0.222}
/** At the beginning of an operation something happens every second, and much may be asked at once. */
const atOnce = 60

/**
 * How many calls to CloudFormation the loops that follow operations in one account may have made by now. They share it: AWS counts
 * what an account does, not what one of our loops does. Repeats of throttled calls count too, so that a loop becomes
 * slower by itself while AWS is short of breath.
 */
export class CallAllowance {
  readonly #clock: Clock
  readonly #made: () => number
  #since: {at: number; made: number} | undefined

  /** @param made how many calls this process has sent to CloudFormation so far */
  constructor(clock: Clock, made: () => number) {
    this.#clock = clock
    this.#made = made
  }

  /** Milliseconds until one more call is allowed; 0 when it is now. */
  wait(): number {
    const now = this.#clock.now()
    this.#since ??= {at: now, made: this.#made()}
    const wanted = this.#made() - this.#since.made + 1 - atOnce
    const seconds = Math.max(wanted / firstPerSecond, (wanted - later.calls) / later.perSecond, 0)
    return Math.max(0, this.#since.at + seconds * 1000 - now)
  }
}
