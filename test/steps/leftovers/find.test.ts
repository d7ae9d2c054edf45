import {beforeEach, expect, test} from 'vitest'
import type {TaggedResource} from '../../../src/aws/tagged-resources.js'
import {failed} from '../../../src/errors.js'
import {leftovers} from '../../../src/steps/leftovers/find.js'
import type {StackInventory} from '../../../src/steps/teardown/context.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const type = 'AWS::RDS::DBCluster'
let aws: FakeAws
let stackId: string

beforeEach(() => {
  aws = new FakeAws(virtualClock())
  stackId = aws.stacks.putStack('demo-data', 'UPDATE_COMPLETE', {
    tags: {'mcpgw:environment': 'demo'},
    template: 'data-stack.yaml',
  })
})

const tagged = (name: string, rest: Partial<TaggedResource> = {}): TaggedResource => ({
  ...{arn: `arn:aws:rds:us-west-2:123456789012:cluster:${name}`, kind: 'rds:cluster', name, stackId},
  ...rest,
})

async function found(listed: TaggedResource[], inStacks: readonly string[] = []): Promise<string[]> {
  aws.taggedResources = listed
  const resources = inStacks.map(physicalId => ({
    ...{logicalId: 'Database', physicalId, type, status: 'UPDATE_COMPLETE'},
  }))
  const inventory: StackInventory[] = [{label: 'data', resources}]
  return (await leftovers({aws, environment: 'demo'}, inventory)).map(({name}) => name)
}

test('what a stack of ours could not delete, and no longer knows, is left over', async () => {
  aws.stacks.happen(stackId, 'Database', type, 'DELETE_FAILED', 0)
  expect(await found([tagged('Database-1'), tagged('new')], ['new'])).toEqual(['Database-1'])
})

test('what the stack has now is not, whatever its events say', async () => {
  aws.stacks.happen(stackId, 'Database', type, 'DELETE_FAILED', 0)
  expect(await found([tagged('Database-1')], ['Database-1'])).toEqual([])
})

test('what nobody failed to delete is not: it may be kept by somebody', async () => {
  expect(await found([tagged('Database-1')])).toEqual([])
})

test('what no stack made is not', async () => {
  aws.stacks.happen(stackId, 'Database', type, 'DELETE_FAILED', 0)
  expect(await found([tagged('Database-1', {stackId: undefined})])).toEqual([])
})

test('what the stack of somebody else could not delete is not', async () => {
  const theirs = aws.stacks.putStack('theirs', 'UPDATE_COMPLETE', {template: 'data-stack.yaml', tags: {}})
  aws.stacks.happen(theirs, 'Database', type, 'DELETE_FAILED', 0)
  expect(await found([tagged('Database-1', {stackId: theirs})])).toEqual([])
})

test('what nobody here can delete is left to the list of what remains', async () => {
  aws.stacks.happen(stackId, 'Database', type, 'DELETE_FAILED', 0)
  expect(await found([tagged('Database-1', {kind: 'ec2:natgateway'})])).toEqual([])
})

test('a list that AWS refuses gives none', async () => {
  aws.tagged.withTag = async () => {
    throw failed('ACCESS_DENIED', 'no')
  }
  expect(await found([])).toEqual([])
})
