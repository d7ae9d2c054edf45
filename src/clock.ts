/** The only source of time: everything that waits or measures takes a `Clock`, so that tests and rehearsals decide how fast it runs. */
export interface Clock {
  /** Milliseconds since the Unix epoch, on this clock. */
  now(): number
  /**
   * Waits `ms` milliseconds of this clock.
   * @throws the signal's reason when `signal` aborts, at once.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, signal),
}

/** The shortest real sleep of a scaled clock in milliseconds: polling at 10,000 times real time must not become a busy loop. */
const shortestRealSleepMs = 10

/**
 * A clock that runs `speed` times as fast as the machine's, and showed `startedAt` (epoch ms) when the
 * machine's showed `realStartedAt`.
 */
export function scaledClock(options: {speed: number; startedAt: number; realStartedAt: number}): Clock {
  const {speed, startedAt, realStartedAt} = options
  return {
    now: () => startedAt + (Date.now() - realStartedAt) * speed,
    sleep: (ms, signal) => wait(Math.max(ms / speed, shortestRealSleepMs), signal),
  }
}

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, {once: true})
  })
}
