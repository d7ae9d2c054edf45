import {beforeEach, expect, test} from 'vitest'
import {failed} from '../../../src/errors.js'
import type {StackProgress} from '../../../src/progress.js'
import {Budgets} from '../../../src/steps/stacks/passing-failures.js'
import type {TeardownContext} from '../../../src/steps/teardown/context.js'
import {deletedAtItsService, leftOutOfTheStack} from '../../../src/steps/teardown/gave-up.js'
import {orphansOf, sweepOrphans} from '../../../src/steps/teardown/orphans.js'
import {listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const {signal} = new AbortController()
const timeline = {links: [], spans: new Map(), toEnd: new Map(), path: [], seconds: 0}
const stays = {
  ...{stack: 'demo-data', logicalId: 'Kept', type: 'AWS::RDS::DBCluster'},
  what: 'snapshot' as const,
}

let aws: FakeAws
let context: TeardownContext
let told: ReturnType<typeof listener>

beforeEach(() => {
  const clock = virtualClock()
  aws = new FakeAws(clock)
  context = {...teardownContext(aws, clock), forecast: {timeline, stays: [stays]}}
  told = listener()
})

const failure = (more: Partial<StackProgress> = {}): StackProgress => ({
  ...{label: 'data', stackName: 'demo-data', stackId: 'demo-data/1', logicalId: 'Database'},
  ...{physicalId: 'database-1', type: 'AWS::RDS::DBInstance', status: 'DELETE_FAILED'},
  ...{reason: 'Internal failure', at: 0, isStack: false},
  ...more,
})

test.each([
  ['what CloudFormation failed at itself', {}, true],
  [
    'what is protected',
    {
      type: 'AWS::RDS::DBCluster',
      reason: 'Cannot delete protected Cluster, please disable deletion protection and try again.',
    },
    false,
  ],
  ['what fails for a reason that nobody knows', {reason: 'Cannot delete protected cluster.'}, false],
  ['what a last snapshot is wanted of', {logicalId: 'Kept'}, false],
  ['what was never made', {physicalId: ''}, false],
  ['what no service deletes by its id', {type: 'AWS::EC2::VPC'}, false],
])('%s is deleted by its id: %s, %s', (_, more, is) => {
  expect(deletedAtItsService(context).is(failure(more))).toBe(is)
})

test('nothing is deleted by its id where nobody knows what is to stay', () => {
  expect(deletedAtItsService({...context, forecast: undefined}).is(failure())).toBe(false)
})

test('what is deleted at its service is left out of its stack when it fails again, and costs no more than its budget', async () => {
  const causes = [leftOutOfTheStack(context), deletedAtItsService(context)]
  const budgets = new Budgets(causes)
  const [, byId] = causes
  expect(budgets.causeOf(failure())).toBe(byId)
  await byId?.pass([failure()], {...told, signal})
  expect(aws.calls).toEqual(['remove database-1'])
  expect(budgets.causeOf(failure())).toBe(causes[0])
  expect(causes[0]?.retains).toBe(true)
})

test('what its service does not delete either is told, and not taken for gone', async () => {
  aws.undeletable.set('database-1', failed('STACK_FAILED', 'It is in use.'))
  await deletedAtItsService(context).pass([failure()], {...told, signal})
  expect(told.notes().join()).toContain('Not deleted: rds:db database-1: It is in use.')
  expect(context.provedGone.size).toBe(0)
})

test('only itself can be asked to delete a nested stack without something', async () => {
  const root = aws.stacks.putStack('demo', 'DELETE_FAILED')
  const child = aws.stacks.putStack('demo-DataStack-1', 'DELETE_FAILED', {template: 'data-stack.yaml'})
  const stack = await aws.stacks.describe(root)
  if (stack === undefined) throw new Error('no root')
  const stackTarget = {
    label: 'main',
    stackName: 'demo',
    template: 'main-stack.yaml',
    logicalId: 'demo',
    needs: [],
  }
  context = {...context, existingStacks: [{stack, stackTarget, layout: 'nested'}] as never}
  await leftOutOfTheStack(context).pass([failure({stackId: child}), failure({stackId: root})], {
    ...told,
    signal,
  })
  expect(aws.stacks.calls).toEqual(['delete demo-DataStack-1'])
})

test('what a stack was deleted without is swept as far as that goes, and not taken for what is to stay', async () => {
  const skipped = (more: Partial<StackProgress>) =>
    failure({status: 'DELETE_SKIPPED', reason: undefined, ...more})
  for (const event of [
    failure(),
    failure({type: 'AWS::EC2::VPC', physicalId: 'vpc-1'}),
    skipped({}),
    skipped({type: 'AWS::EC2::VPC', physicalId: 'vpc-1'}),
    skipped({logicalId: 'Kept', physicalId: 'kept-1'}),
  ])
    context.record.add(event)
  expect(orphansOf(context).map(({physicalId}) => physicalId)).toEqual(['database-1', 'vpc-1'])
  await sweepOrphans().run(context, {...told, signal})
  expect(aws.calls).toEqual(['remove database-1'])
  expect(told.notes()).toContain('Deleted without: AWS::EC2::VPC vpc-1')
  expect(context.cleaned).toEqual([{kind: 'rds:db', name: 'database-1'}])
})
