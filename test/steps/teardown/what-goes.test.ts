import {expect, test} from 'vitest'
import {savedLines, whatGoesText} from '../../../src/report/what-goes-text.js'
import type {TeardownContext} from '../../../src/steps/teardown/context.js'
import {whatGoes} from '../../../src/steps/teardown/what-goes.js'
import {foreseeTeardown} from '../../../src/workflows/teardown.js'
import {teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const resource = (logicalId: string, type: string, status = 'CREATE_COMPLETE') => ({
  ...{logicalId, type, status},
  physicalId: `${logicalId}-1`,
})
const stays = {stack: 'demo-data', logicalId: 'Key', type: 'AWS::KMS::Key', what: 'resource'} as const
const path = [{logicalId: 'Writer', type: 'AWS::RDS::DBInstance', seconds: 420.04}]

function context(): TeardownContext {
  const clock = virtualClock()
  const timeline = {links: [], spans: new Map(), toEnd: new Map(), path: [], seconds: 600.4}
  return {
    ...teardownContext(new FakeAws(clock), clock),
    inventory: [
      {
        label: 'network',
        resources: [
          resource('Nat1', 'AWS::EC2::NatGateway'),
          resource('Nat2', 'AWS::EC2::NatGateway'),
          resource('Nat3', 'AWS::EC2::NatGateway', 'DELETE_COMPLETE'),
          resource('Vpc', 'AWS::EC2::VPC'),
          resource('Files', 'AWS::EFS::FileSystem'),
          resource('Key', 'AWS::KMS::Key'),
        ],
      },
    ],
    existingStacks: [],
    forecast: {timeline, stays: [stays]},
    foreign: [
      {kind: 'ec2:vpc-endpoint', id: 'vpce-1', owner: 'GuardDuty', isPlumbing: true, command: 'aws ec2 x'},
    ],
  }
}

test('what goes is counted, what stays costs on, and what is in the way is named with its command', () => {
  const found = whatGoes(context())
  expect(found).toMatchObject({
    stacks: [{stack: 'network', resources: 5}],
    blocks: [{kind: 'ec2:vpc-endpoint', name: 'vpce-1', cleared: false, command: 'aws ec2 x'}],
    stays: [stays],
    seconds: 600,
  })
  expect(found.stopsCosting.map(({type, count}) => [type, count])).toEqual([
    ['AWS::EC2::NatGateway', 2],
    ['AWS::EFS::FileSystem', 1],
  ])
  expect(whatGoes({...context(), deleteForeign: true}).blocks[0]?.cleared).toBe(true)
  expect(whatGoes({...context(), forecast: undefined})).toMatchObject({seconds: null, stays: []})
})

test('what could not be looked at is told, and is taken for neither there nor absent', () => {
  const unchecked = ['whether stacks of others import from these: You may not.']
  const found = whatGoes({...context(), unchecked})
  expect(found.unchecked).toEqual(unchecked)
  expect(whatGoesText(found, {environment: 'demo'})).toContain(`Could not be checked:\n  ${unchecked[0]}`)
})

test('a dry run says so, asks nothing of AWS and changes nothing', () => {
  const dry = context()
  const result = foreseeTeardown(dry)
  expect((dry.aws as FakeAws).calls).toEqual([])
  expect(result).toMatchObject({removed: [], durationSeconds: 0})
  const text = whatGoesText({...whatGoes(dry), path}, result)
  for (const words of [
    'A teardown of demo would delete:\n  network: 5 resources',
    'It typically takes about 10 minutes. The longest chain:\n  Writer (AWS::RDS::DBInstance) 7m00s',
    'It is not cleared:\n    aws ec2 x',
    'Nothing was changed.',
  ])
    expect(text).toContain(words)
})

test('whoever confirms reads what a month of it costs, but for what is paid by what it holds', () => {
  expect(savedLines(whatGoes(context()).stopsCosting)).toEqual([
    '  stops costing about 66 USD a month, besides what is stored',
  ])
})
