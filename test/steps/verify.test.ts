import {beforeEach, describe, expect, it} from 'vitest'
import type {Health} from '../../src/results.js'
import {checkHealth} from '../../src/steps/verify/health.js'
import {checkTarget} from '../helpers/contexts.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

let aws: FakeAws
beforeEach(() => {
  aws = new FakeAws(virtualClock())
})

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
      /scaled to zero.*aws ecs update-service --cluster demo-ecs-cluster --service demo-mcpgw --region us-west-2 --desired-count 1/,
    ],
    ['missing', {status: 'MISSING' as const}, /does not exist in cluster demo-ecs-cluster.*mcpgw deploy/],
    ['deleted', {status: 'INACTIVE' as const}, /does not exist/],
    ['draining', {status: 'DRAINING' as const}, /DRAINING, not ACTIVE/],
    [
      'too few tasks',
      {running: 0, events: ['no capacity']},
      /0 of 1 tasks run.*ECS says: no capacity.*aws logs tail \/ecs\/demo-mcpgw/,
    ],
    ['starting', {pending: 1}, /1 are starting/],
    ['rolling', {deployments: 2}, /roll-out is going on/],
    ['not rolled out', {rollout: 'IN_PROGRESS'}, /roll-out is going on/],
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
      /listener on port 8888 of load balancer demo-alb is missing.*aws elbv2 create-listener/,
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
    expect(await problemOf('demo-auth-tg')).toMatch(/does not send to the group.*modify-listener/)
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

  it('names an output that the stacks lack', async () => {
    aws.stacks.outputs = {KeycloakUrl: 'https://kc.example.com'}
    expect(await problemOf('RegistryUrl')).toMatch(/no output RegistryUrl/)
  })
})
