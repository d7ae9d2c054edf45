import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {cancelledCount, firstCause, otherFailures} from '../../src/diagnosis/first-cause.js'
import type {StackProgress} from '../../src/progress.js'
import {Events, tree} from './events.js'

const one = new Events('data', 'demo-data')
const cancelled = 'Resource creation cancelled'
const summary = (names: string) => `The following resource(s) failed to create: [${names}]. `
const names = (events: readonly StackProgress[]) => events.map(({logicalId}) => logicalId)

/** A nested creation that failed and was rolled back, with a resource that could not be deleted then. */
function failedCreation(): StackProgress[] {
  const {root, data, compute} = tree()
  return [
    root.own('CREATE_IN_PROGRESS', 0, 'User Initiated'),
    root.nested(data, 'DataStack', 'CREATE_IN_PROGRESS', 1),
    data.own('CREATE_IN_PROGRESS', 2, 'User Initiated'),
    root.nested(compute, 'ComputeStack', 'CREATE_IN_PROGRESS', 1),
    compute.own('CREATE_IN_PROGRESS', 2, 'User Initiated'),
    compute.of('Alb', 'CREATE_FAILED', 10, {reason: cancelled}),
    data.of('Writer', 'CREATE_FAILED', 11, {reason: 'no capacity'}),
    data.of('Proxy', 'CREATE_FAILED', 12, {reason: cancelled}),
    data.own('CREATE_FAILED', 13, summary('Writer, Proxy')),
    root.nested(
      data,
      'DataStack',
      'CREATE_FAILED',
      14,
      `Embedded stack ${data.id} was not successfully created: ${summary('Writer, Proxy')}`,
    ),
    root.nested(compute, 'ComputeStack', 'CREATE_FAILED', 15, cancelled),
    root.own('ROLLBACK_IN_PROGRESS', 16, `${summary('DataStack, ComputeStack')}Rollback requested by user.`),
    compute.own('DELETE_IN_PROGRESS', 17, 'User Initiated'),
    compute.of('Repository', 'DELETE_FAILED', 20, {reason: 'still contains images'}),
    compute.own('DELETE_FAILED', 21, 'The following resource(s) failed to delete: [Repository]. '),
    root.own('ROLLBACK_FAILED', 30, 'The following resource(s) failed to delete: [ComputeStack]. '),
  ]
}

describe('the first cause', () => {
  it('is the earliest failed resource, whatever order the events came in', () => {
    const events = [one.of('B', 'CREATE_FAILED', 20), one.of('A', 'CREATE_FAILED', 10)]
    expect(firstCause(events)?.logicalId).toBe('A')
  })

  it('is neither cancelled nor an event that sums up, over the whole tree', () => {
    expect(firstCause(failedCreation())?.logicalId).toBe('Writer')
    expect(firstCause(failedCreation().reverse())?.logicalId).toBe('Writer')
  })

  it('does not depend on the order in which the events arrive', () => {
    const events = failedCreation()
    const whole = {minLength: events.length}
    fc.assert(
      fc.property(fc.shuffledSubarray(events, whole), shuffled => {
        expect(firstCause(shuffled)?.logicalId).toBe('Writer')
        expect(names(otherFailures(shuffled, firstCause(shuffled)))).toEqual(['Repository'])
      }),
      {seed: 5, numRuns: 50},
    )
  })

  it.each(['creation', 'update', 'deletion'])('is no %s that was merely cancelled', what => {
    expect(
      firstCause([one.of('A', 'CREATE_FAILED', 1, {reason: `Resource ${what} cancelled`})]),
    ).toBeUndefined()
  })

  it('is the resource when a stack tells of it at the same time', () => {
    const {root, data} = tree()
    const events = [
      root.nested(data, 'DataStack', 'CREATE_FAILED', 5, 'Embedded stack failed in words that nobody knows'),
      data.of('Writer', 'CREATE_FAILED', 5, {reason: 'no capacity'}),
    ]
    expect(firstCause(events)?.logicalId).toBe('Writer')
  })

  it('is a nested stack when nothing inside it failed', () => {
    const {root, data} = tree()
    const events = [root.nested(data, 'DataStack', 'CREATE_FAILED', 2, 'S3 error: Access Denied')]
    expect(firstCause(events)?.logicalId).toBe('DataStack')
  })

  it("is a nested stack's own word rather than its parent's echo of it", () => {
    const {root, data} = tree()
    const why = 'No export named demo-VpcId found'
    const events = [
      root.nested(
        data,
        'DataStack',
        'CREATE_FAILED',
        9,
        `Embedded stack ${data.id} was not successfully created: ${why}`,
      ),
      data.own('CREATE_FAILED', 9, why),
    ]
    expect(firstCause(events)).toMatchObject({isStack: true, reason: why, label: 'data'})
    expect(otherFailures(events, firstCause(events))).toEqual([])
  })

  it('is the stack itself when it rolled back without a failed resource, whatever fails during the rollback', () => {
    const events = [
      one.own('CREATE_IN_PROGRESS', 0, 'User Initiated'),
      one.own('ROLLBACK_IN_PROGRESS', 5, 'No export named demo-VpcId found. Rollback requested by user.'),
      one.of('Vpc', 'DELETE_FAILED', 9, {reason: 'has dependencies'}),
      one.own('ROLLBACK_FAILED', 10, 'The following resource(s) failed to delete: [Vpc]. '),
    ]
    expect(firstCause(events)?.status).toBe('ROLLBACK_IN_PROGRESS')
    expect(names(otherFailures(events, firstCause(events)))).toEqual(['Vpc'])
  })

  it('is what a check before the operation found, not that it found something', () => {
    const {root, data} = tree()
    const checked = 'The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck].'
    const events = [
      root.own('CREATE_IN_PROGRESS', 0),
      root.nested(data, 'DataStack', 'CREATE_IN_PROGRESS', 1),
      data.of('Logs', 'VALIDATION_FAILED', 2, {reason: 'already exists'}),
      data.own('CREATE_FAILED', 2, checked),
      root.nested(data, 'DataStack', 'CREATE_FAILED', 3, checked),
      root.own('ROLLBACK_IN_PROGRESS', 4, summary('DataStack')),
    ]
    expect(firstCause(events)?.logicalId).toBe('Logs')
    expect(otherFailures(events, firstCause(events))).toEqual([])
    const unknown = events.filter(({logicalId}) => logicalId !== 'Logs')
    expect(firstCause(unknown)).toMatchObject({isStack: true, label: 'data'})
  })

  it('is not what fails while an update is rolled back', () => {
    const events = [
      one.own('UPDATE_IN_PROGRESS', 0, 'User Initiated'),
      one.of('Service', 'UPDATE_FAILED', 5, {reason: 'circuit breaker'}),
      one.own('UPDATE_ROLLBACK_IN_PROGRESS', 6, 'The following resource(s) failed to update: [Service]. '),
      one.of('Role', 'UPDATE_FAILED', 9, {reason: 'denied'}),
      one.own('UPDATE_ROLLBACK_FAILED', 10, 'The following resource(s) failed to update: [Role]. '),
    ]
    expect(firstCause(events)?.logicalId).toBe('Service')
    expect(firstCause(events.filter(({logicalId}) => logicalId !== 'Service'))).toBeUndefined()
  })

  it('is a failed deletion only where a deletion was asked for', () => {
    const stuck = one.of('Repository', 'DELETE_FAILED', 5, {reason: 'still contains images'})
    const deletion = [one.own('DELETE_IN_PROGRESS', 0, 'User Initiated'), stuck]
    const update = [
      one.own('UPDATE_IN_PROGRESS', 0),
      one.own('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 4),
      stuck,
    ]
    expect(firstCause(deletion)).toBe(stuck)
    expect(firstCause(update)).toBeUndefined()
  })

  it('is no deletion that succeeded when it was tried again', () => {
    const events = [
      one.own('DELETE_IN_PROGRESS', 0, 'User Initiated'),
      one.of('Group', 'DELETE_FAILED', 5, {reason: 'has a dependent object'}),
      one.of('Group', 'DELETE_COMPLETE', 9),
      one.of('Bucket', 'DELETE_FAILED', 12, {reason: 'not empty'}),
    ]
    expect(firstCause(events)?.logicalId).toBe('Bucket')
    expect(otherFailures(events, firstCause(events))).toEqual([])
  })

  it('is not that somebody deleted the stack', () => {
    const events = [
      one.own('CREATE_IN_PROGRESS', 0, 'User Initiated'),
      one.own('DELETE_IN_PROGRESS', 5, 'User Initiated'),
      one.of('Vpc', 'DELETE_FAILED', 6, {reason: 'has dependencies'}),
    ]
    expect(firstCause(events)).toBeUndefined()
  })

  it('is told of each stack by when that one rolled back', () => {
    const other = new Events('compute', 'demo-compute')
    const events = [
      one.own('CREATE_IN_PROGRESS', 0),
      one.own(
        'ROLLBACK_IN_PROGRESS',
        5,
        'Stack creation time exceeded the specified timeout. Rollback requested by user.',
      ),
      other.own('CREATE_IN_PROGRESS', 0),
      other.of('Alb', 'CREATE_FAILED', 8, {reason: 'limit'}),
    ]
    expect(firstCause(events)?.label).toBe('data')
    expect(names(otherFailures(events, firstCause(events)))).toEqual(['Alb'])
  })

  it('may be unknown', () => {
    expect(firstCause([one.of('A', 'CREATE_COMPLETE', 1)])).toBeUndefined()
    expect(firstCause([])).toBeUndefined()
  })
})

describe('what failed beside the cause', () => {
  it('leaves out what was cancelled, and counts that', () => {
    const events = failedCreation()
    expect(names(otherFailures(events, firstCause(events)))).toEqual(['Repository'])
    expect(cancelledCount(events)).toBe(3)
  })

  it('names each resource once', () => {
    const events = [
      one.of('A', 'CREATE_FAILED', 1, {reason: 'a'}),
      one.of('B', 'CREATE_FAILED', 2, {reason: 'b'}),
      one.of('B', 'CREATE_FAILED', 3, {reason: 'b again'}),
    ]
    expect(names(otherFailures(events, firstCause(events)))).toEqual(['B'])
  })
})
