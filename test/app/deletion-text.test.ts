import {expect, test} from 'vitest'
import {deletionText} from '../../src/app/deletion-text.js'
import {deployCommand} from '../../src/app/specifications/deploy.js'
import type {DeployContext} from '../../src/steps/deploy/context.js'
import {deploySurvey} from '../../src/workflows/deploy.js'

const stack = {id: 'arn:demo', name: 'demo', status: 'CREATE_COMPLETE', createdAt: 0}
const context = {
  existingStacks: [{stack, stackTarget: {label: 'main'}}],
  aws: {
    region: 'us-west-2',
    accountAlias: {alias: async () => undefined},
    stacks: {resources: async () => []},
  },
  clock: {now: () => 3_600_000},
  identity: {account: '123456789012'},
  leftovers: [{kind: 'rds:cluster', name: 'old-database', arn: 'arn:old'}],
  forecast: {
    timeline: {
      seconds: 600,
      path: [{logicalId: 'DatabaseWriter', type: 'AWS::RDS::DBInstance', seconds: 400}],
    },
    stays: [{logicalId: 'DatabaseCluster', what: 'snapshot'}],
  },
  foreign: [{kind: 'ec2:vpc-endpoint', id: 'vpce-1', owner: 'GuardDuty', isPlumbing: true, command: null}],
} as unknown as DeployContext & {existingStacks: []}

test('whoever confirms a deletion sees what updates left, how long it takes, what stays and what is in the way', async () => {
  const text = await deletionText('This will be deleted', context, 'It stays:')
  expect(text.split('\n')).toEqual([
    'This will be deleted, in account 123456789012, region us-west-2:',
    '  demo (CREATE_COMPLETE, created 1h00m ago)',
    '  rds:cluster old-database, which an update could not delete',
    '  typically about 10 minutes, most of it for DatabaseWriter 6m40s',
    '  a last snapshot of DatabaseCluster stays, and is billed until someone deletes it',
    'Others have put something into the VPC. It stays:',
    '  ec2:vpc-endpoint vpce-1, of GuardDuty: it is deleted with what it belongs to',
  ])
})

test('a replacement is looked at like a teardown before it is asked about', async () => {
  const ids = deploySurvey.steps.map(({id}) => id)
  expect(ids.at(-1)).toBe('look-before-replacing')
  expect(deployCommand.survey).toBe(deploySurvey)
  const look = deploySurvey.steps.at(-1)
  const settings = (replace: boolean) => ({...context, settings: {replace}}) as unknown as DeployContext
  expect(await look?.skip?.(settings(true))).toBeUndefined()
  expect(await look?.skip?.(settings(false))).toBe('not asked for (--replace)')
})
