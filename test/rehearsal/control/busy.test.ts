import {describe, expect, test} from 'vitest'
import {emptyAccount} from '../../../src/rehearsal/account/account.js'
import {type Speed, VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../src/rehearsal/account/world.js'
import {goesOnByItself, isUnderWay} from '../../../src/rehearsal/control/busy.js'
import {serviceType, stateOf} from '../../../src/rehearsal/resources/ecs-services.js'
import {beginGoing} from '../../../src/rehearsal/resources/going.js'
import {newServiceState} from '../../../src/rehearsal/services/ecs/service-changes.js'
import {engineWorld} from '../engine/engine-world.js'

const start = Date.UTC(2026, 0, 1)
const hourMs = 3_600_000

function worldAt(speed: Speed): World {
  return new World(emptyAccount({seed: 1, now: start}), new VirtualClock({speed, now: start}))
}

const states: Record<string, (world: World) => void> = {
  'an operation on a stack': world => {
    world.region('r').stacks.one = {operation: {type: 'CREATE_STACK'}} as any
  },
  'a build': world => {
    world.region('r').builds.one = {status: 'IN_PROGRESS'} as any
  },
  'a roll-out': world => void service(world),
}

function service(world: World) {
  const resource = {
    type: serviceType,
    physicalId: 'arn:aws:ecs:r:1:service/cluster/name',
    properties: {},
    attributes: {},
    tags: {},
    createdAt: world.now,
    data: newServiceState(world, world.region('r'), {
      properties: {},
      taskDefinition: 'task:1',
      desiredCount: 1,
    }) as any,
  }
  world.put(world.region('r'), resource)
  return resource
}

describe.each(Object.entries(states))('%s', (_, make) => {
  test('is waited for while time passes, at whatever speed it passes now', () => {
    const world = worldAt(1)
    make(world)
    expect(goesOnByItself(world)).toBe(true)
    world.clock.setSpeed('max')
    expect(goesOnByItself(world)).toBe(false)
    expect(isUnderWay(world)).toBe(true)
    world.clock.setSpeed(200)
    expect(goesOnByItself(world)).toBe(true)
  })
})

describe('what is waited for', () => {
  test('is code that runs, also while time stands still', () => {
    const world = worldAt('max')
    world.clock.hold()
    expect(goesOnByItself(world)).toBe(true)
    world.clock.release()
    expect(goesOnByItself(world)).toBe(false)
  })

  test('is not what always continues', () => {
    const world = worldAt(1)
    world.schedule('elb.check', 30, 'r', {targetGroup: 'arn', check: 'one'})
    world.region('r').builds.one = {status: 'SUCCEEDED'} as any
    world.region('r').stacks.one = {} as any
    expect(isUnderWay(world)).toBe(false)
  })

  test('is no roll-out that has failed, was deleted, or has lasted longer than CloudFormation waits', () => {
    const world = worldAt('max')
    const state = stateOf(service(world))
    expect(isUnderWay(world)).toBe(true)
    state.status = 'DRAINING'
    expect(isUnderWay(world)).toBe(false)
    state.status = 'ACTIVE'
    const [deployment] = state.deployments
    deployment!.rolloutState = 'FAILED'
    expect(isUnderWay(world)).toBe(false)
    deployment!.rolloutState = 'IN_PROGRESS'
    world.clock.moveTo(start + 3 * hourMs)
    world.advance()
    expect(isUnderWay(world)).toBe(false)
  })
})

test('a deletion that no stack waits for is waited for until the resource has gone', () => {
  const {world, pass} = engineWorld()
  const region = world.region('us-west-2')
  const resource = {
    ...{type: 'AWS::EC2::NatGateway', physicalId: 'nat-1', properties: {}, attributes: {}},
    ...{tags: {}, createdAt: world.now, data: {}},
  }
  world.put(region, resource)
  expect(isUnderWay(world)).toBe(false)
  beginGoing(world, region, resource, 60)
  expect(isUnderWay(world)).toBe(true)
  pass(61)
  expect(isUnderWay(world)).toBe(false)
  expect(world.resource(region, 'AWS::EC2::NatGateway', 'nat-1')).toBeUndefined()
})
