import {beforeEach, expect, it} from 'vitest'
import {mainLoadBalancer} from '../../../src/environment/target-groups.js'
import {McpgwError} from '../../../src/errors.js'
import {checkListeners} from '../../../src/steps/deploy/check-listeners.js'
import type {DeployContext} from '../../../src/steps/deploy/context.js'
import {deployContext, listener} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const balancer = mainLoadBalancer('demo')
let aws: FakeAws
let context: DeployContext
let heard: ReturnType<typeof listener>
beforeEach(() => {
  const clock = virtualClock()
  aws = new FakeAws(clock)
  aws.stacks.putStack('demo-compute', 'CREATE_COMPLETE')
  // Target groups that no service uses yet belong to a load balancer by their listener alone.
  for (const [name, group] of aws.elb) aws.elb.set(name, {...group, loadBalancers: []})
  context = deployContext(aws, clock, {layout: 'individual'})
  heard = listener()
})

const check = () => checkListeners(context, {tell: heard.tell, signal: new AbortController().signal})
const listeners = () => aws.balancers.get(balancer) ?? []

it('lets the services be made when every listener sends to its group', async () => {
  await check()
  expect(heard.events).toEqual([])
})

it('names a listener that somebody removed, and the command that brings it back', async () => {
  aws.balancers.set(
    balancer,
    listeners().filter(({port}) => port !== 7860),
  )
  await expect(check()).rejects.toMatchObject({
    code: 'LISTENER_MISSING',
    exitCode: 1,
    message:
      'The listener on port 7860 of load balancer demo-alb is missing, so nothing reaches the group. The services stack was not started.',
    hint: 'Someone changed it; CloudFormation does not notice. Run `mcpgw deploy --environment demo --repair`.',
    resource: 'demo-alb',
  })
})

it('names a listener that sends elsewhere', async () => {
  aws.balancers.set(
    balancer,
    listeners().map(each => (each.port === 8888 ? {...each, targetGroupArns: ['arn:other']} : each)),
  )
  await expect(check()).rejects.toMatchObject({
    code: 'LISTENER_MISSING',
    message: expect.stringContaining('port 8888 of load balancer demo-alb does not send to the group'),
  })
})

it('looks for the ports of an environment that has a domain', async () => {
  aws.stacks.putStack('demo-compute', 'CREATE_COMPLETE', {
    parameters: {BaseDomain: 'example.com', HostedZoneId: 'Z1'},
  })
  await expect(check()).rejects.toMatchObject({message: expect.stringContaining('port 443')})
})

it('leaves existing services to the verification at the end', async () => {
  aws.stacks.putStack('demo-services', 'CREATE_COMPLETE')
  aws.balancers.set(balancer, [])
  await check()
  expect(heard.events).toEqual([])
})

it('continues when nobody may look', async () => {
  aws.loadBalancers.listeners = async () => {
    throw new McpgwError('No.', {code: 'ACCESS_DENIED', exitCode: 1})
  }
  await check()
  expect(heard.notes()).toEqual(['Whether all listeners are there cannot be read: No.'])
})
