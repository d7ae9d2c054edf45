import {describe, expect, test} from 'vitest'
import {emptyAccount} from '../../../src/rehearsal/account/account.js'
import {VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../src/rehearsal/account/world.js'

const start = Date.UTC(2026, 0, 1)

function standingWorld() {
  const clock = new VirtualClock({speed: 'max', now: start})
  const world = new World(emptyAccount({seed: 1, now: start}), clock)
  const happened: [string, number][] = []
  world.on('note', (_, __, {name}) => {
    happened.push([String(name), (world.now - start) / 1000])
  })
  return {world, clock, happened}
}

describe('the agenda', () => {
  test('lets things happen at their own time and in their order, however late the machine comes to them', () => {
    const {world, clock, happened} = standingWorld()
    world.schedule('note', 20, 'r', {name: 'second'})
    world.schedule('note', 10, 'r', {name: 'first'})
    world.schedule('note', 20, 'r', {name: 'third'})
    clock.moveTo(start + 60_000)
    world.advance()
    expect(happened).toEqual([
      ['first', 10],
      ['second', 20],
      ['third', 20],
    ])
  })

  test('lets nothing happen before its time', () => {
    const {world, clock, happened} = standingWorld()
    world.schedule('note', 10, 'r', {name: 'later'})
    clock.moveTo(start + 9_999)
    world.advance()
    expect(happened).toEqual([])
  })

  test('stops at work that holds the clock, which is done at its own time', () => {
    const {world, clock, happened} = standingWorld()
    world.on('work', () => clock.hold())
    world.schedule('work', 10, 'r', {})
    world.schedule('note', 10, 'r', {name: 'at the same moment'})
    world.schedule('note', 15, 'r', {name: 'after'})
    clock.moveTo(start + 600_000)
    world.advance()
    expect((world.now - start) / 1000).toBe(10)
    world.advance()
    expect(happened).toEqual([])
    world.schedule('note', 2, 'r', {name: 'made by the work'})
    clock.release()
    clock.moveTo(start + 600_000)
    world.advance()
    expect(happened).toEqual([
      ['at the same moment', 10],
      ['made by the work', 12],
      ['after', 15],
    ])
  })

  test('forgets what is taken off it', () => {
    const {world, clock, happened} = standingWorld()
    world.schedule('note', 1, 'r', {name: 'kept'})
    world.schedule('note', 1, 'r', {name: 'dropped'})
    world.unschedule('note', ({name}) => name === 'dropped')
    clock.moveTo(start + 5000)
    world.advance()
    expect(happened.map(([name]) => name)).toEqual(['kept'])
  })
})

describe('the time of an account', () => {
  /** A clock that shows another second whenever somebody looks, as a fast one does. */
  class HurryingClock extends VirtualClock {
    #looks = 0

    override now(): number {
      this.#looks += 1
      return super.now() + this.#looks * 1000
    }
  }

  test('is one throughout what is done at once, and no less than that of all that has happened', () => {
    const world = new World(emptyAccount({seed: 1, now: start}), new HurryingClock({speed: 1, now: start}))
    const happened: number[] = []
    world.on('note', () => happened.push(world.now))
    world.advance()
    const before = world.now
    world.schedule('note', 0.5, 'r', {})
    expect(world.now).toBe(before)
    while (happened.length === 0) world.advance()
    expect(happened).toEqual([before + 500])
    expect(world.now).toBeGreaterThanOrEqual(before + 500)
  })
})

describe('the virtual clock', () => {
  test('stands still at the speed max until it is moved, and never goes back', () => {
    const clock = new VirtualClock({speed: 'max', now: start})
    clock.moveTo(start + 5000)
    clock.moveTo(start + 1000)
    expect(clock.now()).toBe(start + 5000)
    expect(clock.realDelayUntil(start + 6000)).toBeUndefined()
    expect(clock.realDelayUntil(start)).toBe(0)
  })

  test('lets those go on who wait for it when the last holder releases it', async () => {
    const clock = new VirtualClock({speed: 'max', now: start})
    clock.hold()
    clock.hold()
    let released = false
    const waiting = clock.released().then(() => {
      released = true
    })
    clock.release()
    await Promise.resolve()
    expect(released).toBe(false)
    clock.release()
    await waiting
    expect(released).toBe(true)
  })
})
