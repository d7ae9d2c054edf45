import {describe, expect, test} from 'vitest'
import type {ProgressEvent, StackProgress} from '../../src/progress.js'
import {Measure} from '../../src/timings/measure.js'
import type {MeasuredAction} from '../../src/timings/measured.js'

const writer = {
  ...{label: 'data', stackName: 'demo-data', stackId: 'arn:data', logicalId: 'DatabaseWriter'},
  ...{physicalId: '', type: 'AWS::RDS::DBInstance', reason: undefined, isStack: false},
}

function events(
  ...list: readonly (readonly [status: string, atSeconds: number, change?: Partial<StackProgress>])[]
): ProgressEvent[] {
  return list.map(([status, at, change]) => ({
    kind: 'stack-event',
    event: {...writer, status, at: at * 1000, ...change},
  }))
}

function measurementsOf(actions: readonly MeasuredAction[], ...heard: readonly ProgressEvent[]) {
  const measure = new Measure(actions)
  for (const event of heard) measure.hear(event)
  return measure.measurements.map(({action, logicalId, seconds}) => [action, logicalId, seconds])
}

describe('a run measures a resource', () => {
  test('from its first event to its last', () => {
    const heard = events(['CREATE_IN_PROGRESS', 10], ['CREATE_IN_PROGRESS', 12], ['CREATE_COMPLETE', 430.25])
    expect(measurementsOf(['CREATE'], ...heard)).toEqual([['CREATE', 'DatabaseWriter', 420.3]])
  })

  test('again when it is updated later', () => {
    const heard = events(
      ...([
        ['UPDATE_IN_PROGRESS', 0],
        ['UPDATE_COMPLETE', 60],
      ] as const),
      ...([
        ['UPDATE_IN_PROGRESS', 100],
        ['UPDATE_COMPLETE', 190],
      ] as const),
    )
    expect(measurementsOf(['CREATE', 'UPDATE'], ...heard).map(([, , seconds]) => seconds)).toEqual([60, 90])
  })

  test.each([
    ['failed', events(['CREATE_IN_PROGRESS', 0], ['CREATE_FAILED', 5])],
    ['was seen to end only', events(['CREATE_COMPLETE', 5])],
    [
      'is a stack',
      events(
        ['CREATE_IN_PROGRESS', 0, {type: 'AWS::CloudFormation::Stack'}],
        ['CREATE_COMPLETE', 5, {type: 'AWS::CloudFormation::Stack'}],
      ),
    ],
    [
      'has a name that CloudFormation would not give',
      events(
        ['CREATE_IN_PROGRESS', 0, {logicalId: 'A\u202eB'}],
        ['CREATE_COMPLETE', 5, {logicalId: 'A\u202eB'}],
      ),
    ],
    ['is removed by a rollback', events(['DELETE_IN_PROGRESS', 0], ['DELETE_COMPLETE', 5])],
  ])('not when it %s', (_, heard) => {
    expect(measurementsOf(['CREATE', 'UPDATE'], ...heard)).toEqual([])
  })

  test('not when its deletion began ahead of CloudFormation, nor when it is kept', () => {
    const ahead: ProgressEvent = {kind: 'head-start', label: 'data', logicalId: 'DatabaseWriter', at: 0}
    const deleted = events(['DELETE_IN_PROGRESS', 300], ['DELETE_COMPLETE', 420])
    expect(measurementsOf(['DELETE'], ahead, ...deleted)).toEqual([])
    expect(measurementsOf(['DELETE'], ...deleted)).toEqual([['DELETE', 'DatabaseWriter', 120]])
    const kept = events(['DELETE_IN_PROGRESS', 300], ['DELETE_SKIPPED', 301])
    expect(measurementsOf(['DELETE'], ...kept)).toEqual([])
  })

  test('not when it goes after others were begun to be made, as in a reset that fails', () => {
    const heard = events(
      ...([
        ['DELETE_IN_PROGRESS', 0],
        ['DELETE_COMPLETE', 7],
        ['CREATE_IN_PROGRESS', 20],
      ] as const),
      ...([
        ['CREATE_COMPLETE', 30],
        ['DELETE_IN_PROGRESS', 40],
        ['DELETE_COMPLETE', 41],
      ] as const),
    )
    const measured = measurementsOf(['DELETE', 'CREATE', 'UPDATE'], ...heard)
    expect(measured.map(([action, , seconds]) => [action, seconds])).toEqual([
      ['DELETE', 7],
      ['CREATE', 10],
    ])
  })

  test('of the same name in another stack as another', () => {
    const other = {stackId: 'arn:other', label: 'services'}
    const heard = events(
      ...([
        ['CREATE_IN_PROGRESS', 0],
        ['CREATE_IN_PROGRESS', 5, other],
      ] as const),
      ...([
        ['CREATE_COMPLETE', 15, other],
        ['CREATE_COMPLETE', 20],
      ] as const),
    )
    expect(measurementsOf(['CREATE'], ...heard).map(([, , seconds]) => seconds)).toEqual([10, 20])
  })
})
