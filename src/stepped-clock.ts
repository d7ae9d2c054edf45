import {setImmediate as turn} from 'node:timers/promises'
import {accountTime, type Clock} from './clock.js'

interface Waiting {
  readonly at: number
  ring(): void
  fail(error: unknown): void
}

/**
 * Turns of the event loop between waking somebody and moving on: what they do next, until they ask something of AWS
 * or sleep again, takes place in between.
 */
const turnsBeforeMoving = 3

/**
 * A clock that stands still until everybody who uses it sleeps, and then moves on to the first time at which somebody
 * wants to wake. Whatever is done in `hold` takes none of its time.
 *
 * @param options.moveTo makes it so; resolves to the time reached (epoch ms), which may be later than asked for
 */
export function steppedClock(options: {startedAt: number; moveTo(at: number): Promise<number>}): Clock {
  let now = options.startedAt
  let holds = 0
  let isMoving = false
  const sleepers = new Set<Waiting>()
  const alarms = new Set<Waiting>()

  async function move(): Promise<void> {
    if (isMoving) return
    isMoving = true
    try {
      for (;;) {
        for (let left = turnsBeforeMoving; left > 0; left--) await turn()
        // An alarm alone moves nothing on.
        if (holds > 0 || sleepers.size === 0) return
        const next = Math.min(...[...sleepers, ...alarms].map(({at}) => at))
        if (next > now) now = Math.max(now, await options.moveTo(next))
        ring()
      }
    } catch (error) {
      for (const sleeper of sleepers) sleeper.fail(error)
      sleepers.clear()
    } finally {
      isMoving = false
    }
  }

  function ring(): void {
    const due = [...alarms, ...sleepers].filter(({at}) => at <= now).sort((a, b) => a.at - b.at)
    for (const waiting of due) {
      sleepers.delete(waiting)
      alarms.delete(waiting)
      waiting.ring()
    }
  }

  return {
    label: accountTime,
    now: () => now,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const onAbort = () => {
          sleepers.delete(sleeper)
          reject(signal?.reason)
        }
        const done = () => signal?.removeEventListener('abort', onAbort)
        const sleeper: Waiting = {
          at: now + ms,
          ring: () => {
            done()
            resolve()
          },
          fail: error => {
            done()
            reject(error)
          },
        }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', onAbort, {once: true})
        void move()
      })
    },
    alarm(ms, ring) {
      const alarm: Waiting = {at: now + ms, ring, fail() {}}
      alarms.add(alarm)
      return () => alarms.delete(alarm)
    },
    async hold(work) {
      holds += 1
      try {
        return await work()
      } finally {
        holds -= 1
        if (holds === 0) void move()
      }
    },
  }
}
