import {StandardRetryStrategy} from '@smithy/core/retry'
import type {Clock} from '../clock.js'

type Refresh = StandardRetryStrategy['refreshRetryTokenForRetry']

/** Five attempts: a call that fails five times in a row is not a matter of seconds. */
export const maxAttempts = 5
/** What the SDK's standard mode begins with: after throttling, and after faults and lost connections. */
const throttledMs = 1_000
const faultMs = 50
/** As AWS's SDKs have it. */
const longestMs = 20_000

/**
 * Repeats as the SDK's standard mode does, with its rules and its purse, but waits on our clock: a rehearsal that runs
 * 200 times as fast as AWS must not stand still for real seconds. It waits a random part of 1, 2, 4, 8 s after
 * throttling (15 s in all, 7.5 s on average) or of 0.05, 0.1, 0.2, 0.4 s after a fault (0.75 s).
 */
export class ClockedRetries extends StandardRetryStrategy {
  readonly #clock: Clock

  constructor(clock: Clock) {
    super({maxAttempts, backoff: {setDelayBase() {}, computeNextBackoffDelay: () => 0}})
    this.#clock = clock
  }

  override async refreshRetryTokenForRetry(...[token, info]: Parameters<Refresh>): ReturnType<Refresh> {
    const next = await super.refreshRetryTokenForRetry(token, info)
    const base = info.errorType === 'THROTTLING' ? throttledMs : faultMs
    await this.#clock.sleep(Math.min(Math.random() * base * 2 ** token.getRetryCount(), longestMs))
    return next
  }
}
