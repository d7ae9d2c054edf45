import {beforeEach, expect, test} from 'vitest'
import {failed} from '../../../src/errors.js'
import type {TeardownContext} from '../../../src/steps/teardown/context.js'
import {headStart} from '../../../src/steps/teardown/head-start/head-start.js'
import {headStartKinds} from '../../../src/steps/teardown/head-start/kinds.js'
import {metHeadStart} from '../../../src/steps/teardown/head-start/meeting.js'
import {listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

let aws: FakeAws
let context: TeardownContext
let told: ReturnType<typeof listener>

const resource = (logicalId: string, type: string, physicalId = `${logicalId}-1`) => ({
  ...{logicalId, type, physicalId},
  status: 'CREATE_COMPLETE',
})
const timeline = {links: [], spans: new Map(), toEnd: new Map(), path: [], seconds: 0}
const {signal} = new AbortController()
const begin = (label = 'main') => headStart(context, label, {...told, signal})
/** An interface in the VPC. */
const used = (owner: string, kind?: string) => ({
  ...{kind: 'ec2:network-interface', id: `eni-${owner}`, owner},
  target: kind === undefined ? undefined : {kind, arn: owner, name: owner},
})

beforeEach(() => {
  const clock = virtualClock()
  aws = new FakeAws(clock)
  context = {
    ...teardownContext(aws, clock),
    headStarts: new Set(headStartKinds.map(({name}) => name)),
    identity: {account: '123456789012', partition: 'aws', arn: ''},
    importsAreKnown: true,
    forecast: {timeline, stays: []},
    inventory: [
      {label: 'main', resources: []},
      {
        label: 'network',
        resources: [
          resource('Vpc', 'AWS::EC2::VPC'),
          resource('NatGateway1', 'AWS::EC2::NatGateway'),
          resource('StsEndpoint', 'AWS::EC2::VPCEndpoint'),
        ],
      },
      {
        label: 'data',
        resources: [
          resource('DatabaseCluster', 'AWS::RDS::DBCluster'),
          resource('DatabaseWriter', 'AWS::RDS::DBInstance'),
          resource('DatabaseProxy', 'AWS::RDS::DBProxy'),
          {...resource('Gone', 'AWS::RDS::DBInstance'), status: 'DELETE_COMPLETE'},
          resource('NeverMade', 'AWS::RDS::DBInstance', ''),
        ],
      },
      {label: 'compute', resources: [resource('MainDistribution', 'AWS::CloudFront::Distribution')]},
      {label: 'services', resources: [resource('Registry', 'AWS::ECS::Service')]},
    ],
  }
  told = listener()
})

test('begins what is slow, instances before their cluster, and nothing that is gone or was never made', async () => {
  await begin()
  expect(aws.calls).toEqual([
    'delete instance DatabaseWriter-1',
    'delete cluster DatabaseCluster-1',
    'delete proxy DatabaseProxy-1',
    'disable distribution MainDistribution-1',
    'stop tasks of Registry-1',
    'delete NAT gateway NatGateway1-1',
    'delete endpoint StsEndpoint-1',
  ])
  expect(told.notes()).toContain('Head start: 1 database instance')
})

test('begins only what belongs to the stack whose deletion was accepted', async () => {
  await begin('compute')
  expect(aws.calls).toEqual(['disable distribution MainDistribution-1'])
})

test('begins only what was chosen', async () => {
  context = {...context, headStarts: new Set(['services'])}
  await begin()
  expect(aws.calls).toEqual(['stop tasks of Registry-1'])
})

test('begins nothing where nobody knows who imports from the stacks: the deletion may be called off', async () => {
  context = {...context, importsAreKnown: false}
  await begin()
  expect(aws.calls).toEqual([])
  expect(told.notes()).toEqual([expect.stringContaining('cannot be told')])
})

test('leaves a protected database alone, and one that may not be looked at', async () => {
  aws.headStarts.cluster = async () => ({isProtected: true})
  await begin()
  aws.headStarts.cluster = async () => {
    throw failed('ACCESS_DENIED', 'You may not.')
  }
  await begin()
  expect(aws.calls.filter(call => /instance|cluster/.test(call))).toEqual([])
  expect(aws.calls).toContain('disable distribution MainDistribution-1')
})

test('deletes endpoints only beside the instances, which keep CloudFormation from coming to them meanwhile', async () => {
  context = {...context, headStarts: new Set(['database-writer', 'vpc-endpoints'])}
  await begin()
  expect(aws.calls).toEqual(['delete instance DatabaseWriter-1', 'delete endpoint StsEndpoint-1'])
  aws.calls.length = 0
  const nested = context
  const [, ...roots] = nested.inventory ?? []
  context = {...nested, inventory: roots}
  await begin('network')
  context = {...nested, forecast: {timeline, stays: [staying('DatabaseCluster')]}}
  await begin()
  expect(aws.calls).toEqual([])
  context = {...context, headStarts: new Set(['vpc-endpoints'])}
  await begin()
  expect(aws.calls).toEqual(['delete endpoint StsEndpoint-1'])
})

test('leaves the whole database to CloudFormation when a last snapshot of it is wanted', async () => {
  context = {...context, forecast: {timeline, stays: [staying('DatabaseCluster')]}}
  await begin()
  expect(aws.calls.filter(call => /instance|cluster/.test(call))).toEqual([])
  expect(told.notes()).toContain('No head start of the database: a last snapshot of it is wanted')
})

test('begins nothing where nobody knows what the stacks are to keep, and nothing that they keep', async () => {
  const distribution = {...staying('MainDistribution'), type: 'AWS::CloudFront::Distribution'}
  context = {...context, forecast: {timeline, stays: [{...distribution, what: 'resource'}]}}
  await begin()
  expect(aws.calls).toContain('delete instance DatabaseWriter-1')
  expect(aws.calls).not.toContain('disable distribution MainDistribution-1')
  aws.calls.length = 0
  context = {...context, forecast: undefined}
  await begin()
  expect(aws.calls).toEqual([])
})

test('gateways and endpoints wait until nothing is left in the VPC that reaches out', async () => {
  context = {...context, headStarts: new Set(['nat-gateways', 'vpc-endpoints'])}
  const looks = [
    [used('a task of Amazon ECS'), used('nat-1', 'ec2:natgateway')],
    [used('the Lambda function search', 'lambda:function')],
    [used('amazon-vpce (VPC Endpoint Interface vpce-1)'), used('proxy', 'rds:db-proxy-name')],
  ]
  let at = 0
  aws.networkContents.interfaces = async () => {
    expect(aws.calls).toEqual([])
    return looks[at++] ?? []
  }
  await begin()
  expect(at).toBe(3)
  expect(aws.calls).toEqual(['delete NAT gateway NatGateway1-1', 'delete endpoint StsEndpoint-1'])
})

test('gateways are not begun where that cannot be told, nor when the deletion has ended before', async () => {
  context = {...context, headStarts: new Set(['nat-gateways'])}
  aws.networkContents.interfaces = async () => {
    throw failed('ACCESS_DENIED', 'You may not.')
  }
  await begin()
  const ended = new AbortController()
  aws.networkContents.interfaces = async () => {
    ended.abort()
    return [used('a task of Amazon ECS')]
  }
  await headStart(context, 'main', {...told, signal: ended.signal})
  expect(aws.calls).toEqual([])
})

test('what AWS refuses is told and left to CloudFormation', async () => {
  aws.headStarts.disableDistribution = async () => {
    throw failed('ACCESS_DENIED', 'You may not.')
  }
  await begin()
  expect(told.notes()).toContain('No head start of distributions (MainDistribution): You may not.')
  expect(aws.calls).toContain('stop tasks of Registry-1')
  expect(context.headStarted).not.toContain('MainDistribution-1')
})

test('a cluster that we are deleting is met by CloudFormation, and nothing else is', async () => {
  await begin()
  const failure = (type: string, physicalId: string) => ({
    ...{label: 'data', stackName: 'demo-data', stackId: '', logicalId: 'X', reason: 'It is in use', at: 0},
    ...{type, physicalId, isStack: false, status: 'DELETE_FAILED'},
  })
  const {is} = metHeadStart(context)
  expect(is(failure('AWS::RDS::DBCluster', 'DatabaseCluster-1'))).toBe(true)
  expect(is(failure('AWS::RDS::DBProxy', 'DatabaseProxy-1'))).toBe(true)
  expect(is(failure('AWS::EC2::VPC', 'Vpc-1'))).toBe(false)
  expect(is(failure('AWS::RDS::DBCluster', 'another'))).toBe(false)
})

test('waits until that cluster is gone, and not for ever', async () => {
  await begin()
  let looks = 0
  aws.headStarts.cluster = async () => (++looks < 4 ? {isProtected: false} : undefined)
  const met = metHeadStart(context)
  await met.pass([], {...told, signal})
  expect(looks).toBe(4)
  aws.headStarts.cluster = async () => ({isProtected: false})
  const from = context.clock.now()
  await met.pass([], {...told, signal})
  expect(context.clock.now() - from).toBe(600_000)
})

function staying(logicalId: string) {
  return {stack: 'demo-data', logicalId, type: 'AWS::RDS::DBCluster', what: 'snapshot' as const}
}
