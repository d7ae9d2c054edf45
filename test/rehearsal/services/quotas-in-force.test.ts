import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {quotas} from '../../../src/rehearsal/account/quotas.js'
import {setQuotas} from '../../../src/rehearsal/control/quota-settings.js'
import {stateOf} from '../../../src/rehearsal/resources/ecs-services.js'
import {codeBuildOperations} from '../../../src/rehearsal/services/codebuild/operations.js'
import {call, type Fixture, fixture, put, secondsUntil} from './ecs/fixtures.js'
import {gateway, image, secondsUntilReady, service} from './ecs/gateway.js'

const large = quotas.largeBuilds.code

function buildFixture(limit: number, properties: Record<string, unknown> = {}) {
  const base = fixture()
  setQuotas(base.world.account, {[large]: limit})
  put(base.world, 'AWS::CodeBuild::Project', 'images', {
    Environment: {Type: 'LINUX_CONTAINER', ComputeType: 'BUILD_GENERAL1_LARGE'},
    ...properties,
  })
  const codebuild = codeBuildOperations(base.world)
  const start = async (token?: string) =>
    (await codebuild.StartBuild?.({projectName: 'images', idempotencyToken: token}, call))?.build?.id ?? ''
  return {...base, codebuild, start}
}

function running({region}: Fixture) {
  return Object.values(region.builds).filter(
    ({status, currentPhase}) => status === 'IN_PROGRESS' && !/^(SUBMITTED|QUEUED)$/.test(currentPhase),
  )
}

describe('builds of one environment', () => {
  it('never run more at a time than the quota says, and all come to their turn', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({min: 1, max: 3}), fc.integer({min: 1, max: 8}), async (limit, count) => {
        const base = buildFixture(limit)
        const wanted = Math.min(count, limit * 6)
        for (let number = 0; number < wanted; number += 1) await base.start()
        let most = 0
        while (Object.values(base.region.builds).some(({status}) => status === 'IN_PROGRESS')) {
          base.pass(20)
          most = Math.max(most, running(base).length)
        }
        expect(most).toBe(Math.min(limit, wanted))
        expect(Object.values(base.region.builds).map(({status}) => status)).toEqual(
          Array(wanted).fill('SUCCEEDED'),
        )
      }),
      {numRuns: 6},
    )
  })

  it.each([0, 1, 2])(
    'with a quota of %i, one too many in the queue is refused in the words of CodeBuild',
    async limit => {
      const {start} = buildFixture(limit)
      for (let number = 0; number < limit * 6; number += 1) await start(`build-${number}`)
      await expect(start('one-more')).rejects.toMatchObject({
        shape: 'AccountLimitExceededException',
        message: `Cannot have more than ${limit * 5} builds in queue for the account`,
      })
      // Asked again for what it has started, it gives that back.
      if (limit > 0) expect(await start('build-0')).toMatch(/^images:/)
    },
  )

  it('give up when they have waited as long as their project lets them', async () => {
    const base = buildFixture(1, {QueuedTimeoutInMinutes: 5})
    await base.start()
    const second = await base.start()
    const seconds = secondsUntil(base, () => base.region.builds[second]?.status !== 'IN_PROGRESS')
    expect(base.region.builds[second]?.status).toBe('TIMED_OUT')
    expect(seconds).toBeGreaterThanOrEqual(300)
    expect(seconds).toBeLessThan(320)
  })

  it.each([
    ['BUILD_GENERAL1_SMALL', quotas.smallBuilds],
    ['BUILD_GENERAL1_MEDIUM', quotas.mediumBuilds],
    ['BUILD_GENERAL1_LARGE', quotas.largeBuilds],
  ])('of %s wait beyond their own quota, $name', async (ComputeType, {code}) => {
    const base = buildFixture(9, {Environment: {Type: 'LINUX_CONTAINER', ComputeType}})
    setQuotas(base.world.account, {[code]: 2})
    for (let number = 0; number < 3; number += 1) await base.start()
    base.pass(30)
    expect(running(base)).toHaveLength(2)
  })

  it('count apart from those of another environment', async () => {
    const base = buildFixture(1)
    put(base.world, 'AWS::CodeBuild::Project', 'small', {
      Environment: {Type: 'LINUX_CONTAINER', ComputeType: 'BUILD_GENERAL1_SMALL'},
    })
    await base.start()
    await base.codebuild.StartBuild?.({projectName: 'small'}, call)
    base.pass(30)
    expect(running(base).map(({projectName}) => projectName)).toEqual(['images', 'small'])
  })
})

describe('virtual CPUs of Fargate', () => {
  /** A service of `count` tasks, one virtual CPU each, in an account that has `limit` of them. */
  function serviceOf(count: number, limit: number) {
    const base = gateway({port: 80})
    setQuotas(base.world.account, {[quotas.fargateCpus.code]: limit})
    const made = service(base, {
      name: 'demo-currenttime',
      image: image(base, 'currenttime'),
      properties: {DesiredCount: String(count)},
    })
    return {base, made}
  }

  const live = (base: Fixture) =>
    Object.values(base.region.tasks).filter(({lastStatus}) => lastStatus !== 'STOPPED').length

  it('are never used beyond the quota; what fits starts, the rest is told in the words of ECS', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 5}), fc.integer({min: 0, max: 6}), (count, limit) => {
        const {base, made} = serviceOf(count, limit)
        base.pass(30)
        expect(live(base)).toBe(Math.min(count, limit))
        const messages = stateOf(made).events.map(({message}) => message)
        const refusal =
          '(service demo-currenttime) was unable to place a task. Reason: You’ve reached the limit on the number of vCPUs you can run concurrently. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'
        expect(messages.includes(refusal)).toBe(limit < count)
      }),
      {numRuns: 15},
    )
  })

  it('that are missing make the circuit breaker give up', () => {
    const {base, made} = serviceOf(1, 0)
    expect(() => secondsUntilReady(base, made)).toThrow('ECS Deployment Circuit Breaker was triggered')
    expect(stateOf(made).deployments[0]).toMatchObject({rolloutState: 'FAILED', failedTasks: 3})
  })

  it('that come free in time let the service become steady', () => {
    const {base, made} = serviceOf(1, 0)
    base.pass(12)
    expect(live(base)).toBe(0)
    setQuotas(base.world.account, {[quotas.fargateCpus.code]: 1})
    secondsUntilReady(base, made)
    expect(live(base)).toBe(1)
  })
})
