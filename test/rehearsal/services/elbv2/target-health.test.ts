import {describe, expect, it} from 'vitest'
import {elbv2Operations} from '../../../../src/rehearsal/services/elbv2/operations.js'
import {call, secondsUntil} from '../ecs/fixtures.js'
import {gateway, image, secondsUntilReady, service} from '../ecs/gateway.js'

function running() {
  const base = gateway({port: 80})
  const made = service(base, {
    name: 'demo-registry',
    image: image(base, 'registry'),
    port: 80,
    group: base.group,
  })
  const elb = elbv2Operations(base.world)
  const health = () => base.world && elb.DescribeTargetHealth?.({TargetGroupArn: base.group.physicalId}, call)
  const states = async () =>
    (await health())?.TargetHealthDescriptions?.map(({TargetHealth}) => TargetHealth) ?? []
  return {...base, made, elb, health, states}
}

describe('a new target', () => {
  it('is registered, checked, and then healthy without a reason', async () => {
    const base = running()
    const seen: unknown[] = []
    for (let seconds = 0; seconds < 240; seconds += 1) {
      const [state] = await base.states()
      if (state && JSON.stringify(state) !== JSON.stringify(seen.at(-1))) seen.push(state)
      base.pass(1)
    }
    expect(seen).toEqual([
      {
        State: 'initial',
        Reason: 'Elb.RegistrationInProgress',
        Description: 'Target registration is in progress',
      },
      {
        State: 'initial',
        Reason: 'Elb.InitialHealthChecking',
        Description: 'Initial health checks in progress',
      },
      {State: 'healthy', Reason: undefined, Description: undefined},
    ])
  })

  it('at which nobody listens times out', async () => {
    const base = running()
    await base.elb.RegisterTargets?.(
      {TargetGroupArn: base.group.physicalId, Targets: [{Id: '10.0.1.250', Port: 80}]},
      call,
    )
    base.pass(60)
    expect(await base.states()).toContainEqual({
      State: 'unhealthy',
      Reason: 'Target.Timeout',
      Description: 'Request timed out',
    })
  })
})

describe('a healthy target', () => {
  it('turns unhealthy after two failed checks on a path that answers 404, and recovers', async () => {
    const base = running()
    secondsUntilReady(base, base.made)
    const TargetGroupArn = base.group.physicalId
    await base.elb.ModifyTargetGroup?.({TargetGroupArn, HealthCheckPath: '/api/nothing-here'}, call)
    base.pass(50)
    expect(await base.states()).toMatchObject([{State: 'healthy'}])
    base.pass(20)
    expect((await base.states())[0]).toEqual({
      State: 'unhealthy',
      Reason: 'Target.ResponseCodeMismatch',
      Description: 'Health checks failed with these codes: [404]',
    })
    await base.elb.ModifyTargetGroup?.({TargetGroupArn, HealthCheckPath: '/health'}, call)
    base.pass(300)
    expect(await base.states()).toMatchObject([{State: 'healthy'}])
  })

  it('stays listed as unhealthy while ECS tries replacements that fare no better', async () => {
    const base = running()
    secondsUntilReady(base, base.made)
    await base.elb.ModifyTargetGroup?.(
      {TargetGroupArn: base.group.physicalId, HealthCheckPath: '/api/nothing-here'},
      call,
    )
    base.pass(70)
    for (let minute = 0; minute < 30; minute += 1) {
      expect((await base.states()).some(state => state?.State === 'unhealthy')).toBe(true)
      base.pass(60)
    }
    const replaced = Object.values(base.region.tasks).filter(({stoppedReason}) =>
      stoppedReason?.startsWith('Task failed ELB health checks in (target-group '),
    )
    expect(replaced.length).toBeGreaterThan(0)
    expect(base.world.account.eventQueue.length).toBeLessThan(60)
  })

  it('is unused while no listener forwards to it, and comes back with the listener', async () => {
    const base = running()
    secondsUntilReady(base, base.made)
    await base.elb.DeleteListener?.({ListenerArn: base.listener.physicalId}, call)
    expect((await base.states())[0]).toEqual({
      State: 'unused',
      Reason: 'Target.NotInUse',
      Description: 'Target group is not configured to receive traffic from the load balancer',
    })
    await base.elb.CreateListener?.(
      {
        LoadBalancerArn: base.balancer.physicalId,
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{Type: 'forward', TargetGroupArn: base.group.physicalId}],
      },
      call,
    )
    expect((await base.states())[0]).toMatchObject({State: 'initial', Reason: 'Elb.RegistrationInProgress'})
    expect(secondsUntil(base, () => base.group.data.targets !== undefined)).toBe(0)
    base.pass(60)
    expect(await base.states()).toMatchObject([{State: 'healthy'}])
  })

  it('schedules nothing while nothing changes', () => {
    const base = running()
    secondsUntilReady(base, base.made)
    base.pass(10)
    expect(base.world.account.eventQueue).toEqual([])
  })
})

describe('errors', () => {
  it('name what is missing', () => {
    const {elb} = running()
    const missing = 'arn:aws:elasticloadbalancing:us-west-2:1:targetgroup/none/1'
    expect(() => elb.DescribeTargetHealth?.({TargetGroupArn: missing}, call)).toThrow(
      'One or more target groups not found',
    )
    expect(() => elb.DescribeLoadBalancers?.({Names: ['none']}, call)).toThrow(
      "Load balancers '[none]' not found",
    )
    expect(() => elb.DeleteListener?.({ListenerArn: missing}, call)).toThrow(
      'One or more listeners not found',
    )
  })

  it('keep a target group that is in use', () => {
    const {elb, group, kind, request} = running()
    expect(() => elb.DeleteTargetGroup?.({TargetGroupArn: group.physicalId}, call)).toThrow(
      /is currently in use/,
    )
    expect(kind(group).blocksDeletion?.(group, request(group))).toMatch(
      /is currently in use by a listener or a rule/,
    )
  })
})
