import {describe, expect, it} from 'vitest'
import {stateOf} from '../../../../src/rehearsal/resources/ecs-services.js'
import {ecsOperations} from '../../../../src/rehearsal/services/ecs/operations.js'
import {call} from '../ecs/fixtures.js'
import {gateway, image, secondsUntilReady, service} from '../ecs/gateway.js'

/** A service with a count of its own, or without, and how its scaling is registered. */
function scaled(properties: Record<string, unknown>) {
  const base = gateway({port: 80})
  const made = service(base, {name: 'demo-currenttime', image: image(base, 'currenttime'), properties})
  secondsUntilReady(base, made)
  const target = (MinCapacity: number, MaxCapacity: number) =>
    base.make('AWS::ApplicationAutoScaling::ScalableTarget', {
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: 'service/demo-cluster/demo-currenttime',
      MinCapacity,
      MaxCapacity,
    })
  const scaleOut = (desiredCount: number) =>
    ecsOperations(base.world).UpdateService?.(
      {cluster: 'demo-cluster', service: 'demo-currenttime', desiredCount},
      call,
    )
  return {...base, made, target, scaleOut, count: () => stateOf(made).desiredCount}
}

const withoutCount = {DesiredCount: undefined}

describe('the count of a service', () => {
  it('is one at first when the template gives none', () => {
    expect(scaled(withoutCount).count()).toBe(1)
  })

  it.each([
    ['a tag', {Tags: [{Key: 'a', Value: 'b'}]}],
    ['what its tasks are', {HealthCheckGracePeriodSeconds: 30, PlatformVersion: '1.4.0'}],
  ])('is reset by an update of %s when the template gives one', async (_what, changes) => {
    const {made, update, scaleOut, count} = scaled({DesiredCount: '1'})
    await scaleOut(3)
    update(made, changes)
    expect(count()).toBe(1)
  })

  it('stays as it was scaled when the template gives none', async () => {
    const {made, scaleOut, count, ...base} = scaled(withoutCount)
    await scaleOut(3)
    base.update(made, {PlatformVersion: '1.4.0'})
    expect(count()).toBe(3)
    secondsUntilReady(base, made, 'update')
    expect(count()).toBe(3)
  })

  it('stays when an update takes it out of the template', async () => {
    const {made, update, scaleOut, count} = scaled({DesiredCount: '1'})
    await scaleOut(3)
    update(made, withoutCount)
    expect(count()).toBe(3)
  })
})

describe('a scalable target', () => {
  it('raises a service to its minimum when it is registered', () => {
    const {target, count, made, ...base} = scaled(withoutCount)
    target(2, 4)
    expect(count()).toBe(2)
    secondsUntilReady(base, made, 'update')
    expect(Object.values(base.region.tasks).filter(({lastStatus}) => lastStatus === 'RUNNING')).toHaveLength(
      2,
    )
  })

  it('lowers it to its maximum, also when only its limits change', async () => {
    const {target, scaleOut, update, count} = scaled(withoutCount)
    const registered = target(1, 4)
    await scaleOut(4)
    update(registered, {MaxCapacity: 2})
    expect(count()).toBe(2)
  })

  it('leaves a count inside its limits alone', async () => {
    const {target, scaleOut, count} = scaled(withoutCount)
    await scaleOut(3)
    target(1, 4)
    expect(count()).toBe(3)
  })
})
