/** The only source of time: everything that waits or measures takes a `Clock`, so that tests and rehearsals decide how fast it runs. */
export interface Clock {
  /** Milliseconds since the Unix epoch, on this clock. */
  now(): number
  /**
   * Waits `ms` milliseconds of this clock.
   * @throws the signal's reason when `signal` aborts, at once.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `ring` once this clock is `ms` further; the returned function calls it off. */
  alarm(ms: number, ring: () => void): () => void
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, signal),
  alarm: (ms, ring) => ringAfter(ms, ring),
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
    alarm: (ms, ring) => ringAfter(ms / speed, ring),
  }
}

/**
 * A clock that stands still until somebody sleeps: sleeping moves it on, by way of `moveTo`, which resolves to the
 * time reached (epoch ms). Sleeps that overlap do not add up.
 */
export function steppedClock(options: {startedAt: number; moveTo(at: number): Promise<number>}): Clock {
  let now = options.startedAt
  const alarms = new Set<{at: number; ring: () => void}>()
  return {
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      now = Math.max(now, await options.moveTo(now + ms))
      for (const alarm of alarms) {
        if (alarm.at > now) continue
        alarms.delete(alarm)
        alarm.ring()
      }
      signal?.throwIfAborted()
    },
    alarm(ms, ring) {
      const alarm = {at: now + ms, ring}
      alarms.add(alarm)
      return () => alarms.delete(alarm)
    },
  }
}

/** A longer timer would fire at once: Node keeps timeouts in 31 bits. */
const longestTimerMs = 2 ** 31 - 1

function ringAfter(ms: number, ring: () => void): () => void {
  // An alarm alone keeps no process alive.
  const timer = setTimeout(ring, Math.min(ms, longestTimerMs)).unref()
  return () => clearTimeout(timer)
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
