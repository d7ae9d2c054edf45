import {beforeEach, expect, test} from 'vitest'
import {failed, McpgwError} from '../../../src/errors.js'
import type {TeardownContext} from '../../../src/steps/teardown/context.js'
import {findProtected, liftProtections} from '../../../src/steps/teardown/protections.js'
import {whatGoes} from '../../../src/steps/teardown/what-goes.js'
import {listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const balancer = 'arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/demo-alb/0a1b'
const resource = (logicalId: string, type: string, physicalId: string) => ({
  ...{logicalId, type, physicalId},
  status: 'CREATE_COMPLETE',
})
let aws: FakeAws
let context: TeardownContext

beforeEach(() => {
  const clock = virtualClock()
  aws = new FakeAws(clock)
  const resources = [
    resource('DatabaseCluster', 'AWS::RDS::DBCluster', 'demo-cluster'),
    resource('MainAlb', 'AWS::ElasticLoadBalancingV2::LoadBalancer', balancer),
  ]
  context = {...teardownContext(aws, clock), inventory: [{label: 'data', resources}], existingStacks: []}
  aws.protections.isProtected = async () => true
})

const tools = () => ({...listener(), signal: new AbortController().signal})

test('what is protected is refused by name, with what lifts it', async () => {
  const refused = await Promise.resolve(findProtected().run(context, tools())).catch(
    (error: McpgwError) => error,
  )
  expect(refused).toBeInstanceOf(McpgwError)
  const {code, exitCode, message, hint} = refused as McpgwError
  expect({code, exitCode, message, hint}).toEqual({
    code: 'DELETION_PROTECTED',
    exitCode: 3,
    message:
      'Database cluster demo-cluster, load balancer demo-alb are protected against deletion. Nothing was deleted.',
    hint: expect.stringContaining('modify-db-cluster --no-deletion-protection --apply-immediately'),
  })
  expect(aws.calls).toEqual([])
})

test('when asked it is lifted, and nothing before that', async () => {
  context = {...context, liftProtection: true}
  await findProtected().run(context, tools())
  expect(aws.calls).toEqual([])
  expect(whatGoes(context).blocks.map(({name, cleared}) => [name, cleared])).toEqual([
    ['demo-cluster', true],
    ['demo-alb', true],
  ])
  await liftProtections().run(context, tools())
  expect(aws.calls).toEqual([
    'lift rds:cluster demo-cluster',
    `lift elasticloadbalancing:loadbalancer ${balancer}`,
  ])
  expect(context.protections).toEqual([])
})

test('a dry run tells it with its command', async () => {
  context = {...context, foreseesOnly: true}
  await findProtected().run(context, tools())
  expect(whatGoes(context).blocks).toMatchObject([
    {kind: 'rds:cluster', cleared: false, command: expect.stringContaining('aws rds modify-db-cluster ')},
    {kind: 'elasticloadbalancing:loadbalancer', cleared: false},
  ])
})

test('what the stacks keep may stay protected', async () => {
  const timeline = {links: [], spans: new Map(), toEnd: new Map(), path: [], seconds: 0}
  const stays = ['DatabaseCluster', 'MainAlb'].map(logicalId => ({
    ...{stack: 'demo-data', logicalId, type: 'x', what: 'resource' as const},
  }))
  context = {...context, forecast: {timeline, stays}}
  await findProtected().run(context, tools())
  expect(context.protections).toEqual([])
})

test('what may not be looked at is told, and hinders nothing', async () => {
  aws.protections.isProtected = async () => {
    throw failed('ACCESS_DENIED', 'You may not.')
  }
  const {tell, notes} = listener()
  await findProtected().run(context, {tell, signal: new AbortController().signal})
  expect(notes()).toContain(
    'Not checked: whether database cluster demo-cluster is protected against deletion: You may not.',
  )
})
