import {beforeEach, describe, expect, it} from 'vitest'
import {silent} from '../../src/progress.js'
import type {Health} from '../../src/results.js'
import {checkHealth} from '../../src/steps/verify/health.js'
import {verify} from '../../src/workflows/verify.js'
import {checkTarget} from '../helpers/contexts.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

let aws: FakeAws
beforeEach(() => {
  aws = new FakeAws(virtualClock())
})

const tags = {'mcpgw:environment': 'demo'}
const check = () => checkHealth(checkTarget(aws))

async function problemOf(name: string): Promise<string> {
  const health = await check()
  expect(health.healthy).toBe(false)
  const all: Health['endpoints'][number][] | {name: string; ok: boolean; reason: string | null}[] = [
    ...health.services,
    ...health.targetGroups,
    ...health.endpoints,
  ]
  expect(all.filter(({ok}) => !ok).map(one => one.name)).toEqual([name])
  return all.find(one => one.name === name)?.reason ?? ''
}

describe('verify', () => {
  it('is healthy when everything is', async () => {
    const health = await check()
    expect(health.healthy).toBe(true)
    expect([health.services.length, health.targetGroups.length, health.endpoints.length]).toEqual([8, 4, 3])
    expect(health.services.every(({reason}) => reason === null)).toBe(true)
  })

  it.each([
    [
      'scaled to zero',
      {desired: 0, running: 0},
      /scaled to zero.*Run: mcpgw deploy --environment demo --repair$/,
    ],
    [
      'missing',
      {status: 'MISSING' as const},
      /does not exist in cluster demo-ecs-cluster.*Run: mcpgw deploy --environment demo --repair$/,
    ],
    ['deleted', {status: 'INACTIVE' as const}, /does not exist/],
    ['draining', {status: 'DRAINING' as const}, /DRAINING, not ACTIVE/],
    [
      'too few tasks',
      {running: 0, events: ['no capacity']},
      /0 of 1 tasks run.*ECS says: no capacity.*aws logs tail \/ecs\/demo-mcpgw/,
    ],
    ['starting', {pending: 1}, /1 are starting/],
    ['rolling', {deployments: 2}, /roll-out is in progress/],
    ['not rolled out', {rollout: 'IN_PROGRESS'}, /roll-out is in progress/],
    [
      'failed roll-out',
      {rollout: 'FAILED', rolloutReason: 'circuit breaker'},
      /roll-out failed: circuit breaker/,
    ],
  ])('names a service that is %s', async (_, change, words) => {
    const service = aws.ecs.get('demo-mcpgw')
    if (service) aws.ecs.set('demo-mcpgw', {...service, ...change})
    expect(await problemOf('demo-mcpgw')).toMatch(words)
  })

  it('names a target group that does not exist', async () => {
    aws.elb.delete('demo-auth-tg')
    expect(await problemOf('demo-auth-tg')).toMatch(/does not exist/)
  })

  it('names the listener that is missing: which port of which load balancer', async () => {
    aws.balancers.set(
      'demo-alb',
      (aws.balancers.get('demo-alb') ?? []).filter(({port}) => port !== 8888),
    )
    expect(await problemOf('demo-auth-tg')).toMatch(
      /listener on port 8888 of load balancer demo-alb is missing.*Run: mcpgw deploy --environment demo --repair$/,
    )
  })

  it('names the load balancer that is missing', async () => {
    aws.balancers.delete('demo-keycloak-alb')
    expect(await problemOf('demo-keycloak-tg')).toMatch(/Load balancer demo-keycloak-alb does not exist/)
  })

  it('names a listener that sends elsewhere', async () => {
    const group = aws.elb.get('demo-auth-tg')
    if (group) aws.elb.set('demo-auth-tg', {...group, loadBalancers: []})
    aws.balancers.set(
      'demo-alb',
      (aws.balancers.get('demo-alb') ?? []).map(one =>
        one.port === 8888 ? {...one, targetGroupArns: []} : one,
      ),
    )
    expect(await problemOf('demo-auth-tg')).toMatch(
      /does not send to the group.*Run: mcpgw deploy --environment demo --repair$/,
    )
  })

  it('names a group without targets', async () => {
    aws.health.set('arn:demo-auth-tg', [])
    expect(await problemOf('demo-auth-tg')).toMatch(/no targets: no task of demo-auth-server/)
  })

  it('names an unhealthy target and its reason', async () => {
    aws.health.set('arn:demo-auth-tg', [
      {
        id: '10.0.0.1',
        port: 8888,
        state: 'unhealthy',
        reason: 'Target.ResponseCodeMismatch',
        description: 'Health checks failed with these codes: [502]',
      },
    ])
    expect(await problemOf('demo-auth-tg')).toMatch(
      /1 of 1 targets are not healthy: 10.0.0.1:8888 is unhealthy \(Target.ResponseCodeMismatch: Health checks failed with these codes: \[502\]\)/,
    )
  })

  it('ignores a draining target beside a healthy one, and only then', async () => {
    const healthy = {id: '10.0.0.1', port: 8888, state: 'healthy'}
    const draining = {id: '10.0.0.2', port: 8888, state: 'draining'}
    aws.health.set('arn:demo-auth-tg', [draining, healthy])
    const group = (await check()).targetGroups.find(({name}) => name === 'demo-auth-tg')
    expect(group).toMatchObject({ok: true, healthy: 1, total: 1})
    expect(group?.targets).toHaveLength(2)
    aws.health.set('arn:demo-auth-tg', [draining])
    expect(await problemOf('demo-auth-tg')).toMatch(/draining/)
  })

  it('names an endpoint with the wrong status', async () => {
    aws.answers.set('https://registry.example.com/health', {status: 502, body: ''})
    expect(await problemOf('registry health')).toMatch(/answered 502 instead of 200.*curl/)
  })

  it('tries three times before it says that nothing answers', async () => {
    let attempts = 0
    aws.answers.set('https://registry.example.com/health', () =>
      ++attempts < 3 ? {failure: 'reset'} : {status: 200, body: ''},
    )
    expect((await check()).healthy).toBe(true)
    aws.answers.delete('https://registry.example.com/health')
    expect(await problemOf('registry health')).toMatch(/does not answer: getaddrinfo ENOTFOUND/)
  })

  it('names OpenID addresses that are not https on the public host', async () => {
    const url = 'https://kc.example.com/realms/master/.well-known/openid-configuration'
    aws.answers.set(url, {status: 200, body: JSON.stringify({issuer: 'http://kc.example.com/realms/master'})})
    expect(await problemOf('keycloak OIDC')).toMatch(/issuer is .*not an https URL on kc.example.com/)
  })

  it.each(['demo-mcpgw', 'demo-auth-tg', 'demo-alb'])(
    'never advises to replace everything for %s',
    async name => {
      aws.ecs.delete(name)
      aws.elb.delete(name)
      aws.balancers.delete(name)
      const health = await check()
      expect(health.healthy).toBe(false)
      expect(JSON.stringify(health)).not.toContain('--replace')
    },
  )

  it('says how the environment is deployed where stacks exist side by side', async () => {
    aws.ecs.delete('demo-mcpgw')
    const {services} = await checkHealth({...checkTarget(aws), layout: 'individual'})
    const reason = services.find(({name}) => name === 'demo-mcpgw')?.reason
    expect(reason).toMatch(/Run: mcpgw deploy --environment demo --layout individual --repair$/)
  })

  describe('with an endpoint of its own', () => {
    const endpoint = 'http://127.0.0.1:4566'
    const reasons = async () => {
      const there = Object.assign(Object.create(aws), {endpoint}) as FakeAws
      const {services, targetGroups, endpoints} = await checkHealth({...checkTarget(aws), aws: there})
      return [...services, ...targetGroups, ...endpoints].flatMap(({reason}) => reason ?? [])
    }

    it('sends every aws command there, those inside other commands too', async () => {
      for (const name of ['demo-mcpgw', 'demo-registry', 'demo-keycloak']) {
        const service = aws.ecs.get(name)
        if (service) aws.ecs.set(name, {...service, running: 0})
      }
      for (const name of ['auth', 'keycloak', 'gradio']) aws.health.set(`arn:demo-${name}-tg`, [])
      const text = (await reasons()).join('\n')
      const commands = text.match(/\baws [a-z0-9]+ [a-z-]+/g) ?? []
      expect(commands.length).toBeGreaterThan(5)
      expect(text.match(/--endpoint-url http:\/\/127\.0\.0\.1:4566/g)).toHaveLength(commands.length)
    })

    it('asks the endpoint for public host names', async () => {
      aws.answers.set('https://registry.example.com/health', {status: 502, body: ''})
      expect((await reasons())[0]).toContain(
        "Look: curl -i -H 'Host: registry.example.com' http://127.0.0.1:4566/health",
      )
    })
  })

  it('names an output that the stacks lack', async () => {
    aws.stacks.outputs = {KeycloakUrl: 'https://kc.example.com'}
    expect(await problemOf('RegistryUrl')).toMatch(/no output RegistryUrl/)
  })
})

describe('verify of an environment that is not complete and at rest', () => {
  const failureOf = async () => {
    const {commandLine, clock} = checkTarget(aws)
    const context = {aws, clock, environment: 'demo', commandLine, shallow: true}
    const signal = new AbortController().signal
    return verify(context, {tell: silent, signal}).then(
      health => ({health}),
      (error: unknown) => error,
    )
  }

  it.each([
    ['CREATE_IN_PROGRESS', 'is being created', 'mcpgw deploy'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'is being updated', 'mcpgw deploy'],
    ['ROLLBACK_IN_PROGRESS', 'is being rolled back after a failure', 'mcpgw deploy'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'is being rolled back after a failure', 'mcpgw deploy'],
    ['DELETE_IN_PROGRESS', 'is being deleted', 'mcpgw teardown'],
  ])(
    'says of %s what is still running and how to follow it, and checks nothing',
    async (status, words, command) => {
      aws.stacks.putStack('demo', status, {tags})
      const error = await failureOf()
      expect(error).toMatchObject({code: 'ENVIRONMENT_BUSY', exitCode: 1, resource: 'demo'})
      expect((error as Error).message).toContain(words)
      expect((error as Error).message).toContain(status)
      expect(error).toMatchObject({hint: `Run \`${command} --environment demo\` to follow it.`})
    },
  )

  it.each([
    ['ROLLBACK_COMPLETE', 'the creation of stack demo failed', 'Run `mcpgw deploy --environment demo`.'],
    ['CREATE_FAILED', 'the creation of stack demo failed', 'Run `mcpgw deploy --environment demo`.'],
    ['DELETE_FAILED', 'the deletion of stack demo failed', 'Run `mcpgw teardown --environment demo`.'],
    ['UPDATE_ROLLBACK_FAILED', 'the update of stack demo failed', 'Run `mcpgw deploy --environment demo`.'],
    [
      'UPDATE_FAILED',
      'the update of stack demo failed',
      'Run `aws cloudformation rollback-stack --stack-name demo --region us-west-2`, then `mcpgw deploy --environment demo`.',
    ],
  ])('says of %s what failed and the way out', async (status, words, hint) => {
    aws.stacks.putStack('demo', status, {tags})
    const error = await failureOf()
    expect(error).toMatchObject({code: 'ENVIRONMENT_FAILED', exitCode: 1, hint})
    expect((error as Error).message).toContain(`${words} (${status})`)
  })

  it.each([
    ['DELETE_IN_PROGRESS', 'ENVIRONMENT_BUSY', /is being deleted in part .*is in DELETE_IN_PROGRESS/],
    ['UPDATE_IN_PROGRESS', 'ENVIRONMENT_BUSY', /is being changed in part .*is in UPDATE_IN_PROGRESS/],
    ['DELETE_COMPLETE', 'ENVIRONMENT_FAILED', /is not complete: .* was deleted directly/],
    ['UPDATE_ROLLBACK_FAILED', 'ENVIRONMENT_FAILED', /is not complete: .* is in UPDATE_ROLLBACK_FAILED/],
  ])(
    'is not healthy while a nested stack is in %s, though its root is complete',
    async (status, code, words) => {
      aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags})
      expect(await failureOf()).toEqual({health: expect.objectContaining({healthy: true})})
      aws.stacks.alone('demo', 'services', status)
      const error = await failureOf()
      expect(error).toMatchObject({
        code,
        exitCode: 1,
        resource: expect.stringMatching(/^demo-ServicesStack-/),
      })
      expect((error as Error).message).toMatch(words)
      expect(error).toMatchObject({hint: expect.stringMatching(/^Run `mcpgw deploy --environment demo`/)})
    },
  )

  it('names the stack that is not ready where they exist side by side', async () => {
    for (const name of ['network', 'compute', 'services']) {
      aws.stacks.putStack(`demo-${name}`, 'CREATE_COMPLETE', {tags, outputs: aws.stacks.outputs})
    }
    expect(await failureOf()).toMatchObject({
      code: 'NO_SUCH_ENVIRONMENT',
      hint: expect.stringContaining('mcpgw deploy --environment demo --layout individual'),
    })
    aws.stacks.putStack('demo-data', 'CREATE_IN_PROGRESS', {tags})
    expect(await failureOf()).toMatchObject({
      code: 'ENVIRONMENT_BUSY',
      resource: 'demo-data',
      hint: 'Run `mcpgw deploy --environment demo --layout individual` to follow it.',
    })
  })

  it.each([
    ['DELETE_IN_PROGRESS', 'ENVIRONMENT_BUSY', /is being deleted in part/],
    ['DELETE_FAILED', 'ENVIRONMENT_FAILED', /the deletion of stack demo-services failed/],
  ])(
    'does not lead to the deletion of everything where one of several stacks is in %s',
    async (status, code, words) => {
      for (const name of ['network', 'data', 'compute', 'services']) {
        aws.stacks.putStack(`demo-${name}`, 'CREATE_COMPLETE', {tags, outputs: aws.stacks.outputs})
      }
      aws.stacks.putStack('demo-services', status, {tags})
      expect(await failureOf()).toMatchObject({
        code,
        message: expect.stringMatching(words),
        resource: 'demo-services',
        hint: expect.stringMatching(/^Run `mcpgw deploy --environment demo --layout individual`, which/),
      })
      for (const name of ['network', 'data', 'compute']) aws.stacks.putStack(`demo-${name}`, status, {tags})
      expect(await failureOf()).toMatchObject({
        hint: expect.stringMatching(/^Run `mcpgw teardown --environment demo`/),
      })
    },
  )

  it('does not check stacks that mcpgw did not make', async () => {
    aws.stacks.putStack('demo', 'CREATE_COMPLETE', {outputs: aws.stacks.outputs})
    expect(await failureOf()).toMatchObject({code: 'NOT_OURS', exitCode: 3})
  })

  it.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'])('checks %s', async status => {
    aws.stacks.putStack('demo', status, {tags, outputs: aws.stacks.outputs})
    expect(await failureOf()).toMatchObject({health: {healthy: true}})
  })

  it('says the same where the region has more stacks than one call tells of', async () => {
    aws.stacks.areFew = false
    aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags, outputs: aws.stacks.outputs})
    expect(await failureOf()).toMatchObject({health: {healthy: true}})
    aws.stacks.alone('demo', 'services', 'DELETE_IN_PROGRESS')
    expect(await failureOf()).toMatchObject({code: 'ENVIRONMENT_BUSY'})
  })
})
