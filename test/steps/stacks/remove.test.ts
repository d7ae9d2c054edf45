import {beforeEach, expect, test} from 'vitest'
import type {McpgwError} from '../../../src/errors.js'
import type {PassingCause} from '../../../src/steps/stacks/passing-failures.js'
import {durationOf, OperationRecord} from '../../../src/steps/stacks/record.js'
import {removeStack} from '../../../src/steps/stacks/remove.js'
import {listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const stackType = 'AWS::CloudFormation::Stack'
const inUse = 'Namespace has associated services; delete the services before deleting the namespace'
const {signal} = new AbortController()

let aws: FakeAws
let clock: ReturnType<typeof virtualClock>
let heard: ReturnType<typeof listener>
let record: OperationRecord
let id: string
/** What each deletion in turn fails for: type and reason. */
let failures: (readonly [string, string] | undefined)[]

let options: {force: boolean; retain: readonly string[]}[]

beforeEach(() => {
  options = []
  clock = virtualClock()
  aws = new FakeAws(clock)
  heard = listener()
  record = new OperationRecord()
  id = aws.stacks.putStack('demo-data', 'CREATE_COMPLETE', {template: 'data-stack.yaml'})
  const describe = aws.stacks.describe.bind(aws.stacks)
  let deletedAt: number | undefined
  aws.stacks.describe = async name => {
    const stack = await describe(name)
    return stack && {...stack, deletedAt}
  }
  aws.stacks.delete = async (_, {force = false, retain = []} = {token: ''}) => {
    options.push({force, retain})
    deletedAt = clock.now()
    const failure = failures[aws.stacks.calls.push('delete') - 1]
    aws.stacks.happen(id, 'demo-data', stackType, 'DELETE_IN_PROGRESS', 0)
    if (failure !== undefined) aws.stacks.happen(id, 'Thing', failure[0], 'DELETE_FAILED', 30, failure[1])
    const end = failure === undefined ? 'DELETE_COMPLETE' : 'DELETE_FAILED'
    aws.stacks.happen(id, 'demo-data', stackType, end, 40)
  }
})

async function remove(causes: readonly PassingCause[] = [], force = false) {
  const stack = await aws.stacks.describe(id)
  if (stack === undefined) throw new Error('no stack')
  const removal = {stack, label: 'data', resumeCommand: 'mcpgw teardown', causes, force}
  return removeStack(teardownContext(aws, clock), removal, record, {tell: heard.tell, signal})
}

const going: PassingCause = {
  ...{words: 'has come to what is going', budget: 2, isForeseen: true},
  is: ({type}) => type === 'AWS::RDS::DBProxy',
  pass: (_, tools) => clock.sleep(5_000, tools.signal),
}
const namespace = ['AWS::ServiceDiscovery::PrivateDnsNamespace', inUse] as const
const cluster = ['AWS::RDS::DBProxy', 'is not currently in the available state'] as const

test('what passes by itself is told as no cause of a failure, and the stack is deleted again', async () => {
  failures = [namespace, namespace]
  await remove()
  expect(aws.stacks.calls).toHaveLength(3)
  expect(heard.events.filter(({kind}) => kind === 'failure-cause')).toEqual([])
  expect(record.diagnosis()).toBeUndefined()
})

test('what was counted on is told as foreseen, and so is that its stack failed', async () => {
  failures = [cluster]
  await remove([going])
  const told = heard.events.flatMap(event =>
    event.kind === 'stack-event' && event.event.status === 'DELETE_FAILED' ? [event.isForeseen] : [],
  )
  expect(told).toEqual([true, true])
  expect(heard.notes()).toContain('Stack demo-data has come to what is going')
})

test('each cause has a budget of its own, and the last failure is told as one', async () => {
  failures = [cluster, namespace, cluster, namespace, cluster]
  const error: McpgwError = await remove([going]).catch(thrown => thrown)
  expect(aws.stacks.calls).toHaveLength(5)
  expect(error).toMatchObject({code: 'STACK_FAILED', resource: 'demo-data/Thing'})
  expect(error.message).toContain('is not currently in the available state')
  expect(heard.events.filter(({kind}) => kind === 'failure-cause')).toHaveLength(1)
})

test('a failure that does not pass is named, though another was tried again before', async () => {
  failures = [namespace, ['AWS::EC2::VPC', 'The vpc has dependencies and cannot be deleted.']]
  await expect(remove()).rejects.toThrow('The vpc has dependencies')
  expect(aws.stacks.calls).toHaveLength(2)
})

test('a cluster that somebody is deleting passes, whoever it was', async () => {
  failures = [['AWS::RDS::DBCluster', cluster[1]]]
  await remove()
  expect(aws.stacks.calls).toHaveLength(2)
})

test('a deletion that was asked for again took as long as both, with what was waited for between', async () => {
  failures = [namespace]
  await remove()
  const [stack] = record.stacks
  expect(stack && durationOf(stack)).toBeGreaterThanOrEqual(40 + 60 + 40)
})

test('a stack is deleted without what fails only when that was asked for, and only once', async () => {
  const vpc = ['AWS::EC2::VPC', 'The vpc has dependencies and cannot be deleted.'] as const
  failures = [vpc, vpc]
  await expect(remove([], true)).rejects.toThrow('The vpc has dependencies')
  expect(options.map(({force}) => force)).toEqual([false, true])
})

test('what a cause leaves out is named at the next try, and not at the one after it', async () => {
  failures = [cluster, namespace]
  await remove([{...going, retains: true}])
  expect(options.map(({retain}) => retain)).toEqual([[], ['Thing'], []])
})
