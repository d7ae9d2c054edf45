import type {Clock} from '../../src/clock.js'

/** A clock that jumps to the next thing anybody waits for as soon as nothing else is to do. */
export function virtualClock(startedAt = Date.UTC(2026, 0, 1)): Clock {
  let now = startedAt
  const sleepers: {at: number; wake(): void}[] = []
  let isPumping = false
  const pump = () => {
    isPumping = false
    sleepers.sort((a, b) => a.at - b.at)
    const next = sleepers.shift()
    if (next === undefined) return
    now = Math.max(now, next.at)
    next.wake()
    schedule()
  }
  const schedule = () => {
    if (isPumping || sleepers.length === 0) return
    isPumping = true
    setImmediate(pump)
  }
  return {
    now: () => now,
    alarm() {
      throw new Error('this clock has no alarms')
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const onAbort = () => {
          sleepers.splice(sleepers.indexOf(sleeper), 1)
          reject(signal?.reason)
        }
        const sleeper = {
          at: now + ms,
          wake() {
            signal?.removeEventListener('abort', onAbort)
            resolve()
          },
        }
        sleepers.push(sleeper)
        signal?.addEventListener('abort', onAbort)
        schedule()
      })
    },
  }
}
