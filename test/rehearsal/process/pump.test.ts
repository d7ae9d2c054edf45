import {afterEach, describe, expect, test, vi} from 'vitest'
import {emptyAccount} from '../../../src/rehearsal/account/account.js'
import {type Speed, VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../src/rehearsal/account/world.js'
import {Pump} from '../../../src/rehearsal/process/pump.js'

const start = Date.UTC(2026, 0, 1)

function pumped(speed: Speed = 'max') {
  const clock = new VirtualClock({speed, now: start})
  const world = new World(emptyAccount({seed: 1, now: start}), clock)
  const errors: unknown[] = []
  const happened: [string, number][] = []
  const told: string[] = []
  const saver = {
    beforeChange: () => told.push(`${happened.length} before`),
    changed: () => told.push(`${happened.length} after`),
  }
  const pump = new Pump(world, {saver, onError: error => errors.push(error)})
  world.on({
    'ecs.task': (_, __, {task}) => {
      happened.push([task, (world.now - start) / 1000])
    },
  })
  return {clock, world, pump, errors, happened, told}
}

/** Long enough for every promise that can settle by itself to have done so. */
const aMoment = () => new Promise(resolve => setImmediate(resolve))

afterEach(() => {
  vi.useRealTimers()
})

describe('moving the time of an account', () => {
  test('lets one thing after the other happen, and work done in real time first', async () => {
    const {clock, world, pump, happened} = pumped()
    world.on({'elb.reconsider': () => clock.hold()})
    world.schedule('elb.reconsider', 10, 'r', {})
    world.schedule('ecs.task', 20, 'r', {task: 'after the work'})
    let arrived = false
    const moving = pump.moveTo(start + 30_000).then(() => {
      arrived = true
    })
    await aMoment()
    expect(arrived).toBe(false)
    expect((world.now - start) / 1000).toBe(10)
    world.schedule('ecs.task', 2, 'r', {task: 'made by the work'})
    clock.release()
    await moving
    expect(happened).toEqual([
      ['made by the work', 12],
      ['after the work', 20],
    ])
    expect(clock.now()).toBe(start + 30_000)
  })

  test('has come there only when the work at its end is done', async () => {
    const {clock, world, pump} = pumped()
    world.on({'elb.reconsider': () => clock.hold()})
    world.schedule('elb.reconsider', 10, 'r', {})
    let arrived = false
    const moving = pump.moveTo(start + 10_000).then(() => {
      arrived = true
    })
    await aMoment()
    expect(arrived).toBe(false)
    clock.release()
    await moving
  })
})

describe('the pump of an account whose time passes', () => {
  test('wakes up when something is due, however far that is, and tells before and after anything changes', async () => {
    vi.useFakeTimers({now: start})
    const {world, pump, happened, told} = pumped(2)
    world.schedule('ecs.task', 400, 'r', {task: 'later'})
    world.schedule('ecs.task', 400.1, 'r', {task: 'just after'})
    pump.run()
    await vi.advanceTimersByTimeAsync(199_000)
    expect(happened).toEqual([])
    await vi.advanceTimersByTimeAsync(1500)
    expect(happened.map(([name]) => name)).toEqual(['later', 'just after'])
    expect(told).toEqual(['0 before', '1 after', '1 before', '2 after'])
    world.schedule('ecs.task', 10, 'r', {task: 'too late'})
    pump.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(happened).toHaveLength(2)
  })

  test('continues after a handler has failed, and tells', () => {
    const {clock, world, pump, errors, happened} = pumped()
    world.on({
      'elb.reconsider': () => {
        throw new Error('a defect')
      },
    })
    world.schedule('elb.reconsider', 1, 'r', {})
    world.schedule('ecs.task', 2, 'r', {task: 'next'})
    clock.moveTo(start + 5000)
    pump.run()
    pump.run()
    expect(happened.map(([name]) => name)).toEqual(['next'])
    expect(errors.map(String)).toEqual(['Error: a defect'])
  })
})
