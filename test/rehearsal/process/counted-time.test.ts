import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {CountedTime} from '../../../src/rehearsal/process/counted-time.js'

let now = 0
let rung: boolean
let time: CountedTime

beforeEach(() => {
  vi.useFakeTimers()
  now = 0
  rung = false
  time = new CountedTime(200, () => now)
})
afterEach(() => void vi.useRealTimers())

/** Real milliseconds in which nothing else is to do. */
function wait(ms: number): void {
  for (let passed = 0; passed < ms; passed += 5) {
    now += 5
    vi.advanceTimersByTime(5)
  }
}

/** The event loop is kept busy: no timer can fire meanwhile. */
function stall(ms: number): void {
  now += ms
}

const ring = () => {
  rung = true
}

describe('the time limit of a rehearsal, 200 times as fast as real time', () => {
  // 200 s of account time are a second.
  beforeEach(() => void time.alarm(200_000, ring))

  test('is up when so much account time was waited', () => {
    wait(950)
    expect(rung).toBe(false)
    wait(100)
    expect(rung).toBe(true)
  })

  test('does not count calls, however slow the machine is', async () => {
    for (let call = 0; call < 100; call += 1) {
      await time.hold(async () => wait(40))
      wait(5)
    }
    expect(rung).toBe(false)
    wait(600)
    expect(rung).toBe(true)
  })

  test('does not count calls that overlap twice', async () => {
    wait(500)
    let end = () => {}
    const first = time.hold(() => new Promise<void>(resolve => (end = resolve)))
    await time.hold(async () => wait(300))
    wait(300)
    end()
    await first
    expect(rung).toBe(false)
    wait(400)
    expect(rung).toBe(false)
    wait(150)
    expect(rung).toBe(true)
  })

  test('does not count what keeps the process from looking, such as a machine that sleeps', () => {
    wait(500)
    stall(3_600_000)
    wait(400)
    expect(rung).toBe(false)
    wait(150)
    expect(rung).toBe(true)
  })

  test('counts a call that is never answered: whoever waits for it comes to an end', () => {
    void time.hold(() => new Promise(() => {}))
    wait(10_900)
    expect(rung).toBe(false)
    wait(200)
    expect(rung).toBe(true)
  })
})

test('an alarm that is called off does not ring', () => {
  time.alarm(200_000, ring)()
  wait(2000)
  expect(rung).toBe(false)
})

test('a short limit is over soon after it', () => {
  time.alarm(2_000, ring)
  wait(30)
  expect(rung).toBe(true)
})
