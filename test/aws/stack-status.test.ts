import {expect, it} from 'vitest'
import * as status from '../../src/aws/stack-status.js'

it.each([
  // status, in progress, deployed, updatable, failed, rollback, operation
  ['REVIEW_IN_PROGRESS', 0, 0, 0, 0, 'review'],
  ['CREATE_IN_PROGRESS', 1, 0, 0, 0, 'create'],
  ['CREATE_COMPLETE', 0, 1, 1, 0, 'create'],
  ['CREATE_FAILED', 0, 0, 0, 1, 'create'],
  ['ROLLBACK_IN_PROGRESS', 1, 0, 0, 0, 'create'],
  ['ROLLBACK_COMPLETE', 0, 0, 0, 0, 'create'],
  ['ROLLBACK_FAILED', 0, 0, 0, 1, 'create'],
  ['UPDATE_IN_PROGRESS', 1, 0, 0, 0, 'update'],
  ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 1, 0, 0, 0, 'update'],
  ['UPDATE_COMPLETE', 0, 1, 1, 0, 'update'],
  ['UPDATE_FAILED', 0, 0, 0, 1, 'update'],
  ['UPDATE_ROLLBACK_IN_PROGRESS', 1, 0, 0, 0, 'update'],
  ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 1, 0, 0, 0, 'update'],
  ['UPDATE_ROLLBACK_COMPLETE', 0, 0, 1, 0, 'update'],
  ['UPDATE_ROLLBACK_FAILED', 0, 0, 0, 1, 'update'],
  ['DELETE_IN_PROGRESS', 1, 0, 0, 0, 'delete'],
  ['DELETE_FAILED', 0, 0, 0, 1, 'delete'],
  ['DELETE_COMPLETE', 0, 0, 0, 0, 'delete'],
])('%s', (name, inProgress, deployed, updatable, failed, operation) => {
  expect({
    inProgress: status.isInProgress(name),
    stable: status.isStable(name),
    deployed: status.isDeployed(name),
    updatable: status.isUpdatable(name),
    failed: status.isFailed(name),
    operation: status.operationOf(name),
  }).toEqual({
    inProgress: inProgress === 1,
    stable: inProgress === 0,
    deployed: deployed === 1,
    updatable: updatable === 1,
    failed: failed === 1,
    operation,
  })
})

it('knows the states that have one name', () => {
  expect(status.isInReview('REVIEW_IN_PROGRESS')).toBe(true)
  expect(status.isDeleting('DELETE_IN_PROGRESS')).toBe(true)
  expect(status.isDeleted('DELETE_COMPLETE')).toBe(true)
  expect(status.isDeleted('DELETE_SKIPPED')).toBe(false)
  expect(status.isSkipped('DELETE_SKIPPED')).toBe(true)
})
