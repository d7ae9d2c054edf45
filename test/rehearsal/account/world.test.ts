import {describe, expect, test} from 'vitest'
import {emptyAccount} from '../../../src/rehearsal/account/account.js'
import {VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../src/rehearsal/account/world.js'

const start = Date.UTC(2026, 0, 1)

function standingWorld() {
  const clock = new VirtualClock({speed: 'max', now: start})
  const world = new World(emptyAccount({seed: 1, now: start}), clock)
  const happened: [string, number][] = []
  world.on({
    'ecs.task': (_, __, {task}) => {
      happened.push([task, (world.now - start) / 1000])
    },
  })
  return {world, clock, happened}
}

describe('the event queue', () => {
  test('lets things happen at their own time and in their order, however late the machine comes to them', () => {
    const {world, clock, happened} = standingWorld()
    world.schedule('ecs.task', 20, 'r', {task: 'second'})
    world.schedule('ecs.task', 10, 'r', {task: 'first'})
    world.schedule('ecs.task', 20, 'r', {task: 'third'})
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
    world.schedule('ecs.task', 10, 'r', {task: 'later'})
    clock.moveTo(start + 9_999)
    world.advance()
    expect(happened).toEqual([])
  })

  test('stops at work that holds the clock, which is done at its own time', () => {
    const {world, clock, happened} = standingWorld()
    world.on({'elb.reconsider': () => clock.hold()})
    world.schedule('elb.reconsider', 10, 'r', {})
    world.schedule('ecs.task', 10, 'r', {task: 'at the same moment'})
    world.schedule('ecs.task', 15, 'r', {task: 'after'})
    clock.moveTo(start + 600_000)
    world.advance()
    expect((world.now - start) / 1000).toBe(10)
    world.advance()
    expect(happened).toEqual([])
    world.schedule('ecs.task', 2, 'r', {task: 'made by the work'})
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
    world.schedule('ecs.task', 1, 'r', {task: 'kept'})
    world.schedule('ecs.task', 1, 'r', {task: 'dropped'})
    world.unschedule('ecs.task', ({task}) => task === 'dropped')
    clock.moveTo(start + 5000)
    world.advance()
    expect(happened.map(([name]) => name)).toEqual(['kept'])
  })
})

describe('the handlers of an account', () => {
  test('are one for each event', () => {
    const {world} = standingWorld()
    expect(() => world.on({'ecs.task': () => {}})).toThrow('Two handlers for the event ecs.task')
  })

  test('are missed when an event comes that none is for', () => {
    const {world, clock} = standingWorld()
    world.schedule('elb.reconsider', 1, 'r', {})
    clock.moveTo(start + 1000)
    expect(() => world.advance()).toThrow('Nobody handles the event elb.reconsider')
  })

  test('are missed, too, for an event whose name a file made up', () => {
    const {world, clock} = standingWorld()
    const event = {at: start, order: 1, name: 'constructor', region: 'r', data: {}}
    world.account.eventQueue = JSON.parse(JSON.stringify([event]))
    clock.moveTo(start + 1000)
    expect(() => world.advance()).toThrow('Nobody handles the event constructor')
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
    world.on({'elb.reconsider': () => void happened.push(world.now)})
    world.advance()
    const before = world.now
    world.schedule('elb.reconsider', 0.5, 'r', {})
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

  test('lets those continue who wait for it when the last holder releases it', async () => {
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
