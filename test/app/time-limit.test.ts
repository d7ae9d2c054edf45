import {expect, it} from 'vitest'
import {whileAsking} from '../../src/app/asking.js'
import {startTimeLimit} from '../../src/app/time-limit.js'
import type {Clock} from '../../src/clock.js'

/** A clock that a test moves. */
function movedClock(): Clock & {pass(ms: number): void} {
  let now = 0
  const alarms = new Set<{at: number; ring(): void}>()
  return {
    now: () => now,
    sleep: async () => {},
    alarm(ms, ring) {
      const alarm = {at: now + ms, ring}
      alarms.add(alarm)
      return () => alarms.delete(alarm)
    },
    pass(ms) {
      now += ms
      for (const {at, ring} of alarms) if (at <= now) ring()
    },
  }
}

const minute = 60_000
const timeUp = () => new Error('time is up')

it('is over after its time', () => {
  const clock = movedClock()
  const {signal} = startTimeLimit(clock, minute, timeUp)
  clock.pass(minute - 1)
  expect(signal.aborted).toBe(false)
  clock.pass(1)
  expect(signal.reason).toMatchObject({message: 'time is up'})
})

it('does not run while a person is asked, and has all its time after the answer', async () => {
  const clock = movedClock()
  const {signal} = startTimeLimit(clock, minute, timeUp)
  clock.pass(minute - 1)
  await whileAsking(async () => {
    clock.pass(10 * minute)
    await whileAsking(async () => clock.pass(10 * minute))
    clock.pass(10 * minute)
  })
  clock.pass(minute - 1)
  expect(signal.aborted).toBe(false)
  clock.pass(1)
  expect(signal.aborted).toBe(true)
})

it('that is called off never rings, whoever is asked after that', async () => {
  const clock = movedClock()
  const {signal, callOff} = startTimeLimit(clock, minute, timeUp)
  callOff()
  await whileAsking(async () => {})
  clock.pass(2 * minute)
  expect(signal.aborted).toBe(false)
})
