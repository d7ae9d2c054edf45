import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {ClockHold} from '../../../src/rehearsal/account/clock-hold.js'
import {VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'

beforeEach(() => void vi.useFakeTimers({now: 0}))
afterEach(() => void vi.useRealTimers())

function existing() {
  const clock = new VirtualClock({speed: 100, now: 0})
  const onEnd = vi.fn()
  return {clock, onEnd, clockHold: new ClockHold(clock, onEnd)}
}

test('time stands still until it is let go', () => {
  const {clock, onEnd, clockHold} = existing()
  clockHold.hold(2000)
  vi.advanceTimersByTime(500)
  expect(clock.now()).toBe(0)
  clockHold.hold(0)
  expect(onEnd).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(10)
  expect(clock.now()).toBe(1000)
})

test('time moves on by itself when whoever held it is gone', () => {
  const {clock, onEnd, clockHold} = existing()
  clockHold.hold(2000)
  vi.advanceTimersByTime(2000)
  expect(clock.held).toBe(false)
  expect(onEnd).toHaveBeenCalledOnce()
})

test('holding twice is held once, from the second time on', () => {
  const {clock, onEnd, clockHold} = existing()
  clockHold.hold(2000)
  vi.advanceTimersByTime(1500)
  clockHold.hold(2000)
  vi.advanceTimersByTime(1500)
  expect(clock.held).toBe(true)
  clockHold.hold(0)
  expect(clock.held).toBe(false)
  clockHold.hold(0)
  expect(onEnd).toHaveBeenCalledOnce()
})
