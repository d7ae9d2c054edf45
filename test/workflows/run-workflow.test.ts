import {describe, expect, test} from 'vitest'
import {failed} from '../../src/errors.js'
import {runWorkflow} from '../../src/workflows/run-workflow.js'
import {listener} from '../helpers/contexts.js'
import {virtualClock} from '../helpers/virtual-clock.js'

/** One step that fails so often before it succeeds. */
function fixture(errors: readonly Error[], persistent: (() => boolean) | undefined) {
  const clock = virtualClock(0)
  const heard = listener()
  const left = [...errors]
  let runs = 0
  const step = {
    id: 'look',
    title: 'Look',
    async run() {
      runs += 1
      const error = left.shift()
      if (error !== undefined) throw error
    },
  }
  const controller = new AbortController()
  const options = {clock, tell: heard.tell, signal: controller.signal, persistent}
  const ended = runWorkflow({title: 'Test', steps: [step]}, {}, options)
  return {clock, heard, controller, ended, runs: () => runs}
}

const throttled = failed('THROTTLED', 'AWS limits the rate.')
const denied = failed('ACCESS_DENIED', 'No.')

describe('a step that AWS does not answer', () => {
  test('is run again while something is still running, less and less often, and says so', async () => {
    const {clock, heard, ended, runs} = fixture(Array(6).fill(throttled), () => true)
    await ended
    expect(runs()).toBe(7)
    expect(clock.now()).toBe((5 + 10 + 20 + 40 + 60 + 60) * 1000)
    expect(heard.notes()[0]).toBe('AWS limits the rate. Trying again in 5 s')
  })

  test('ends the run at once while nothing is running', async () => {
    const {ended, runs} = fixture([throttled], () => false)
    await expect(ended).rejects.toBe(throttled)
    expect(runs()).toBe(1)
    await expect(fixture([throttled], undefined).ended).rejects.toBe(throttled)
  })

  test('ends the run when it is refused, whatever is running', async () => {
    const {ended, runs} = fixture([throttled, denied], () => true)
    await expect(ended).rejects.toBe(denied)
    expect(runs()).toBe(2)
  })

  test('is not run again after an interrupt', async () => {
    const {ended, controller, runs} = fixture([throttled, throttled], () => true)
    controller.abort(new Error('enough'))
    await expect(ended).rejects.toThrow()
    expect(runs()).toBeLessThanOrEqual(1)
  })
})
