import {beforeEach, expect, test} from 'vitest'
import {failed, type McpgwError} from '../../../src/errors.js'
import type {TeardownContext} from '../../../src/steps/teardown/context.js'
import {removeLeftovers} from '../../../src/steps/teardown/remove-leftovers.js'
import {withRemaining} from '../../../src/steps/teardown/still-billed.js'
import {listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const arn = 'arn:aws:rds:us-west-2:123456789012:cluster:old'
const leftover = {arn, kind: 'rds:cluster', name: 'old'}
const inUse = failed('AWS_ERROR', 'it is in use.')
const {signal} = new AbortController()
let aws: FakeAws
let context: TeardownContext

beforeEach(() => {
  const clock = virtualClock()
  aws = new FakeAws(clock)
  context = {...teardownContext(aws, clock), leftovers: [leftover]}
})

const remove = (when: 'before' | 'after') => removeLeftovers(when).run(context, {...listener(), signal})

test('what an update left is removed, and said to be', async () => {
  await remove('before')
  expect(context).toMatchObject({leftovers: [], remaining: [], cleaned: [{kind: 'rds:cluster', name: 'old'}]})
})

test('it is waited for', async () => {
  const answers = ['under-way', 'under-way', 'gone'] as const
  let asked = 0
  aws.leftovers.remove = async () => answers[asked++] ?? 'gone'
  await remove('before')
  expect([asked, context.cleaned.length]).toEqual([3, 1])
})

test('what a stack still uses is tried again after the stacks, and named when that fails too', async () => {
  aws.undeletable.set('old', inUse)
  await remove('before')
  expect(context).toMatchObject({leftovers: [leftover], remaining: []})
  await remove('after')
  expect(context.remaining).toMatchObject([
    {
      kind: 'rds:cluster',
      reason: expect.stringContaining('it is in use.'),
      command: expect.stringContaining('delete-db-cluster'),
    },
  ])
})

test('one that takes for ever ends no teardown', async () => {
  aws.leftovers.remove = async () => 'under-way'
  await remove('after')
  expect(context.remaining).toMatchObject([{reason: expect.stringContaining('half an hour')}])
})

test('whoever stops is not told that it could not be deleted', async () => {
  const stopped = new AbortController()
  stopped.abort(new Error('stopped'))
  const running = removeLeftovers('after').run(context, {...listener(), signal: stopped.signal})
  await expect(running).rejects.toThrow('stopped')
})

test('a failed teardown tells what still costs money, the dearest first, and what an update left', async () => {
  const stackId = aws.stacks.putStack('demo-network', 'DELETE_FAILED', {tags: {'mcpgw:environment': 'demo'}})
  const resource = (type: string, physicalId: string, status = 'CREATE_COMPLETE') => ({
    ...{logicalId: physicalId, physicalId, type, status},
  })
  aws.stacks.resources = async id =>
    id === stackId
      ? [
          resource('AWS::EC2::EIP', '192.0.2.1'),
          resource('AWS::EC2::NatGateway', 'nat-1'),
          resource('AWS::EC2::NatGateway', 'nat-2', 'DELETE_COMPLETE'),
          resource('AWS::EC2::VPC', 'vpc-1'),
          resource('AWS::EC2::VPCEndpoint', 'vpce-1'),
        ]
      : []
  const stack = (await aws.stacks.describe(stackId)) ?? expect.fail('it exists')
  const stackTarget = {label: 'network' as const, stackName: 'demo-network', logicalId: 'demo-network'}
  context.existingStacks = [
    {stack, layout: 'individual', stackTarget: {...stackTarget, template: 'network-stack.yaml', needs: []}},
  ]
  const error = failed('STACK_FAILED', 'no', {hint: 'Try.'})
  const told = (await withRemaining(context, error, signal)) as McpgwError
  expect(told).toMatchObject({code: 'STACK_FAILED', message: 'no', hint: 'Try.', exitCode: 1})
  expect(told.remaining.map(({name, cost}) => [name, cost?.usd])).toEqual([
    ['nat-1', 32.85],
    ['192.0.2.1', 3.65],
    ['old', 0.1],
    ['vpce-1', undefined],
  ])
})

test('what is left may cost nothing: that is said', async () => {
  context.leftovers = []
  const told = await withRemaining(context, failed('STACK_FAILED', 'no', {hint: 'Try.'}), signal)
  expect(told).toMatchObject({remaining: [], hint: 'Try. What remains does not cost anything.'})
})

test('a failure stays as it is where AWS cannot be asked', async () => {
  context.existingStacks = [{} as never]
  const error = failed('UNREACHABLE', 'no')
  expect(await withRemaining(context, error, signal)).toBe(error)
})
