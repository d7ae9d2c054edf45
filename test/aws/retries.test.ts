import {describe, expect, test} from 'vitest'
import {ClockedRetries} from '../../src/aws/retries.js'
import type {Clock} from '../../src/clock.js'

/** How long a call is repeated that always fails in the same way, in ms of the clock. */
async function repeated(errorType: 'THROTTLING' | 'TRANSIENT' | 'CLIENT_ERROR') {
  const slept: number[] = []
  const clock: Clock = {
    now: () => 0,
    alarm: () => () => {},
    async sleep(ms) {
      slept.push(ms)
    },
  }
  const retries = new ClockedRetries(clock)
  let token = await retries.acquireInitialRetryToken('')
  for (;;) {
    try {
      token = (await retries.refreshRetryTokenForRetry(token, {errorType})) as typeof token
      expect(token.getRetryDelay()).toBe(0)
    } catch {
      return slept
    }
  }
}

describe('repeating a call', () => {
  test('waits on the clock, up to 1, 2, 4, 8 s after throttling', async () => {
    const slept = await repeated('THROTTLING')
    expect(slept).toHaveLength(4)
    for (const [index, ms] of slept.entries()) expect(ms).toBeLessThanOrEqual(1000 * 2 ** index)
  })

  test('waits less than a second in all after faults and lost connections', async () => {
    const slept = await repeated('TRANSIENT')
    expect(slept).toHaveLength(4)
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(750)
  })

  test('does not repeat what the caller did wrong', async () => {
    expect(await repeated('CLIENT_ERROR')).toEqual([])
  })
})
