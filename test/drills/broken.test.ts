import {ECSClient, UpdateServiceCommand} from '@aws-sdk/client-ecs'
import {
  DeleteListenerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {Rehearsal} from '../e2e/mcpgw.js'
import {serve} from '../e2e/served.js'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {stateOf} from './harness/states.js'

const cluster = 'mcp-gateway-ecs-cluster'
/** Of the account, between one look and the next. */
const pauseSeconds = 30

test('deploy and verify work without --rehearse when AWS_ENDPOINT_URL points at the account', async () => {
  const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: undefined})
  const served = await serve(rehearsal, '--speed', '2000')
  try {
    const deployed = await rehearsal.run(['deploy', '--yes', '--json'], served.env)
    expect(deployed.stderr).not.toContain('Error')
    expect(deployed.code).toBe(0)
    const verified = await rehearsal.run(['verify', '--json'], served.env)
    expect(verified.code).toBe(0)
    expect(verified.json().healthy).toBe(true)
  } finally {
    await served.stop()
    await rehearsal.remove()
  }
})

describe('verify after somebody broke the environment with an AWS client of their own', () => {
  let account: DrillAccount
  let ecs: ECSClient
  let elb: ElasticLoadBalancingV2Client
  beforeAll(async () => {
    account = await DrillAccount.serve(await stateOf('deployed'))
    ecs = new ECSClient(account.clientConfig)
    elb = new ElasticLoadBalancingV2Client(account.clientConfig)
  })
  afterAll(() => account.stop())

  const verify = () => runCommand(account, 'mcpgw verify')
  const verifyAsText = () => runCommand(account, 'mcpgw verify --text')
  /** Looks until the account has got there. */
  const verifyUntil = async (there: (document: any) => boolean) => {
    for (let look = 0; look < 40; look += 1) {
      const verified = await verify()
      if (there(verified.document)) return verified
      await account.pass(pauseSeconds)
    }
    throw new Error('the account never got there')
  }
  const listenerOn = async (port: number) => {
    const {LoadBalancers} = await elb.send(new DescribeLoadBalancersCommand({Names: ['mcp-gateway-alb']}))
    const {Listeners} = await elb.send(
      new DescribeListenersCommand({LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn}),
    )
    return Listeners?.find(listener => listener.Port === port)
  }

  test('names a service that was scaled to zero, and how to scale it back', async () => {
    const service = 'mcp-gateway-currenttime'
    await ecs.send(new UpdateServiceCommand({cluster, service, desiredCount: 0}))
    const verified = await verifyUntil(({services}) => services.some(({running}: any) => running === 0))
    expect(verified.exitCode).toBe(1)
    const line = verified.document.services.find(({name}: any) => name === service)
    expect(line.ok).toBe(false)
    expect(line.reason).toMatch(/desired/i)
    expect(line.reason).toMatch(/Run: mcpgw deploy .*--repair$/)
    const shown = await verifyAsText()
    expect(shown.exitCode).toBe(1)
    expect(shown.stdout + shown.stderr).toContain(line.reason)
    await ecs.send(new UpdateServiceCommand({cluster, service, desiredCount: 1}))
    await verifyUntil(({healthy}) => healthy)
  })

  test('names a target that is unhealthy, with the reason', async () => {
    const {TargetGroups} = await elb.send(new DescribeTargetGroupsCommand({Names: ['mcp-gateway-auth-tg']}))
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn
    await elb.send(new ModifyTargetGroupCommand({TargetGroupArn, HealthCheckPath: '/nothing-here'}))
    const verified = await verifyUntil(({targetGroups}) =>
      targetGroups.some(({targets}: any) => targets.some(({state}: any) => state === 'unhealthy')),
    )
    expect(verified.exitCode).toBe(1)
    const group = verified.document.targetGroups.find(({name}: any) => name === 'mcp-gateway-auth-tg')
    expect(group.ok).toBe(false)
    expect(JSON.stringify(group)).toContain('404')
    const shown = await verifyAsText()
    expect(shown.stdout + shown.stderr).toMatch(/mcp-gateway-auth-tg.*404/s)
    await elb.send(new ModifyTargetGroupCommand({TargetGroupArn, HealthCheckPath: '/health'}))
    await verifyUntil(({healthy}) => healthy)
  })

  test('names a listener that was removed', async () => {
    const listener = await listenerOn(80)
    await elb.send(new DeleteListenerCommand({ListenerArn: listener?.ListenerArn}))
    const verified = await verify()
    expect(verified.exitCode).toBe(1)
    const {targetGroups, endpoints} = verified.document
    const group = targetGroups.find(({name}: any) => name === 'mcp-gateway-registry-tg')
    expect(group.ok).toBe(false)
    expect(group.reason ?? JSON.stringify(group)).toMatch(/listener/i)
    expect(endpoints.find(({name}: any) => name.startsWith('registry')).ok).toBe(false)
    const shown = await verifyAsText()
    expect(shown.stdout + shown.stderr).toMatch(
      /listener on port 80 of load balancer mcp-gateway-alb is missing/,
    )
  })
})
