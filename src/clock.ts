/** The one word for the time of the embedded account, wherever it is told. */
export const accountTime = 'account time' as const

/** What operations run in, by the label of its time. */
export function accountWords(label: Clock['label']): string {
  return label === undefined ? 'AWS' : 'the embedded account'
}

/** The only source of time: everything that waits or measures takes a `Clock`, so that tests and rehearsals decide how fast it runs. */
export interface Clock {
  /** What its time is called wherever it is told; nothing for real time. */
  readonly label?: typeof accountTime
  /** Milliseconds since the Unix epoch, on this clock. */
  now(): number
  /**
   * Waits `ms` milliseconds of this clock.
   * @throws the signal's reason when `signal` aborts, at once.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `ring` once this clock is `ms` further; the returned function calls it off. */
  alarm(ms: number, ring: () => void): () => void
  /**
   * Does something that takes real time, such as a call to AWS. A clock that decides itself when to move on stands
   * still meanwhile; every other one has no need of it.
   */
  hold?<T>(work: () => Promise<T>): Promise<T>
}

/**
 * How many times as fast as real time a rehearsal's clock runs at most: 28 years pass in a quarter of an hour. Much faster,
 * and an account would soon come to the year 275,760, in which JavaScript's dates end.
 */
export const fastestSpeed = 1_000_000

/** Does `work` while the clock stands still, if it can. */
export function holding<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  return clock.hold === undefined ? work() : clock.hold(work)
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
