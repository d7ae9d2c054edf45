import {expect, test} from 'vitest'
import {type DeletionEvent, undeleted} from '../../../src/steps/leftovers/undeleted.js'

const event = (physicalId: string, status: string, type = 'AWS::RDS::DBCluster'): DeletionEvent => ({
  ...{logicalId: 'DatabaseCluster', physicalId, type, status, reason: undefined},
})
const names = (...events: DeletionEvent[]) => undeleted(events).map(({physicalId}) => physicalId)

test('what was tried three times is left once', () => {
  const failed = event('old', 'DELETE_FAILED')
  expect(names(failed, event('old', 'DELETE_IN_PROGRESS'), failed)).toEqual(['old'])
})

test('what went at the next attempt is not left, nor what was kept on purpose', () => {
  expect(names(event('old', 'DELETE_FAILED'), event('old', 'DELETE_COMPLETE'))).toEqual([])
  expect(names(event('old', 'DELETE_SKIPPED'), event('new', 'UPDATE_FAILED'))).toEqual([])
})

test('the resource in its place is not taken for it', () => {
  expect(names(event('old', 'DELETE_FAILED'), event('new', 'UPDATE_COMPLETE'))).toEqual(['old'])
})

test('a nested stack says of itself what became of it', () => {
  expect(names(event('arn:child', 'DELETE_FAILED', 'AWS::CloudFormation::Stack'))).toEqual([])
})
