import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {StandStill} from '../../../src/rehearsal/account/clock-hold.js'
import {VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'

beforeEach(() => void vi.useFakeTimers({now: 0}))
afterEach(() => void vi.useRealTimers())

function standing() {
  const clock = new VirtualClock({speed: 100, now: 0})
  const onEnd = vi.fn()
  return {clock, onEnd, standStill: new StandStill(clock, onEnd)}
}

test('time stands still until it is let go', () => {
  const {clock, onEnd, standStill} = standing()
  standStill.hold(2000)
  vi.advanceTimersByTime(500)
  expect(clock.now()).toBe(0)
  standStill.hold(0)
  expect(onEnd).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(10)
  expect(clock.now()).toBe(1000)
})

test('time goes on by itself when whoever held it is gone', () => {
  const {clock, onEnd, standStill} = standing()
  standStill.hold(2000)
  vi.advanceTimersByTime(2000)
  expect(clock.held).toBe(false)
  expect(onEnd).toHaveBeenCalledOnce()
})

test('holding twice is held once, from the second time on', () => {
  const {clock, onEnd, standStill} = standing()
  standStill.hold(2000)
  vi.advanceTimersByTime(1500)
  standStill.hold(2000)
  vi.advanceTimersByTime(1500)
  expect(clock.held).toBe(true)
  standStill.hold(0)
  expect(clock.held).toBe(false)
  standStill.hold(0)
  expect(onEnd).toHaveBeenCalledOnce()
})
