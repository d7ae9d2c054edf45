import {describe, expect, test} from 'vitest'
import type {ForeseenChange, ForeseenDetail} from '../../../src/aws/foresee.js'
import {replacementsOf} from '../../../src/steps/foresee/replacements.js'
import {summaryOf} from '../../../src/steps/foresee/summary.js'

const change = (logicalId: string, rest: Partial<ForeseenChange> = {}): ForeseenChange => ({
  ...{action: 'Modify', logicalId, physicalId: `${logicalId}-1`, type: 'AWS::RDS::DBCluster'},
  ...{replacement: 'False', details: []},
  ...rest,
})
const reads = (resource: string): ForeseenDetail => ({recreates: 'Always', isDynamic: true, resource})
const depends = (logicalId: string, ...details: ForeseenDetail[]) =>
  change(logicalId, {replacement: 'Conditional', details})
const found = (...changes: ForeseenChange[]) => replacementsOf(changes).get('Cluster')

describe('a resource is replaced', () => {
  test.each([
    ['for sure, when CloudFormation says so', [change('Cluster', {replacement: 'True'})], 'yes'],
    ['never, when CloudFormation says so', [change('Cluster')], 'no'],
    [
      'perhaps, by a property that may be changed in place',
      [depends('Cluster', {recreates: 'Conditionally', isDynamic: false})],
      'maybe',
    ],
    ['perhaps, when CloudFormation gives no details', [depends('Cluster')], 'maybe'],
    ['not by the ARN of a key that stays', [depends('Cluster', reads('Key.Arn')), change('Key')], 'no'],
    ['not by the name of what stays', [depends('Cluster', reads('Group')), change('Group')], 'no'],
    [
      'perhaps, by an attribute that may change',
      [depends('Cluster', reads('Key.Port')), change('Key')],
      'maybe',
    ],
    [
      'perhaps, by the ARN of a key that is replaced',
      [depends('Cluster', reads('Key.Arn')), change('Key', {replacement: 'True'})],
      'maybe',
    ],
    [
      'perhaps, by what is new',
      [depends('Cluster', reads('Key.Arn')), change('Key', {action: 'Add'})],
      'maybe',
    ],
    [
      'perhaps, at the end of a chain',
      [
        depends('Cluster', reads('Group')),
        depends('Group', reads('Key')),
        change('Key', {replacement: 'True'}),
      ],
      'maybe',
    ],
  ] as const)('%s', (_, changes, expected) => {
    expect(found(...changes)).toBe(expected)
  })
})

describe('what an update does', () => {
  const stack = (changes: readonly ForeseenChange[]) => ({
    id: 'arn',
    name: 'demo-data',
    parameters: {},
    changes,
  })

  test('tells what holds data of what is replaced and removed, and nothing else', () => {
    const {data, replaced, removed} = summaryOf(
      [
        stack([
          change('Cluster', {replacement: 'True'}),
          change('Alarm', {type: 'AWS::CloudWatch::Alarm', replacement: 'True'}),
          change('Group', {action: 'Remove', type: 'AWS::Logs::LogGroup'}),
          change('Files', {type: 'AWS::EFS::FileSystem'}),
        ]),
      ],
      new Map(),
    )
    expect(data.map(({logicalId, what, sure}) => [logicalId, what, sure])).toEqual([
      ['Cluster', 'replaced', true],
      ['Group', 'removed', true],
    ])
    expect(replaced.map(({logicalId}) => logicalId)).toEqual(['Cluster', 'Alarm'])
    expect(removed).toBe(1)
  })

  test('loses nothing with a header that takes its turn, unlike with any other secret', () => {
    const secret = {type: 'AWS::SecretsManager::Secret', replacement: 'True'} as const
    const changes = [change('MainOriginHeader2', secret), change('KeycloakAdminSecret', secret)]
    const {data} = summaryOf([stack(changes)], new Map())
    expect(data.map(({logicalId}) => logicalId)).toEqual(['KeycloakAdminSecret'])
  })

  test('tells what is in a nested stack that is removed whole, but for what is gone already', () => {
    const nested = change('DataStack', {
      action: 'Remove',
      type: 'AWS::CloudFormation::Stack',
      physicalId: 'arn:data',
    })
    const row = (logicalId: string, status: string) => ({
      ...{logicalId, physicalId: `${logicalId}-1`, type: 'AWS::EFS::FileSystem', status},
    })
    const inside = new Map([['arn:data', [row('Files', 'CREATE_COMPLETE'), row('Old', 'DELETE_COMPLETE')]]])
    expect(summaryOf([stack([nested])], inside).data.map(({logicalId}) => logicalId)).toEqual(['Files'])
  })
})
