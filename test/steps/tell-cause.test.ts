import {describe, expect, it} from 'vitest'
import type {ProgressEvent, StackProgress} from '../../src/progress.js'
import {OperationRecord} from '../../src/steps/stacks/record.js'
import {tellCause} from '../../src/steps/stacks/tell-cause.js'
import {Events} from '../diagnosis/events.js'

const one = new Events('data', 'demo-data')

/** The resources that were told of as the first failure, in order. */
function toldOf(events: readonly StackProgress[], record = new OperationRecord()): string[] {
  const told: ProgressEvent[] = []
  for (const event of events) {
    record.add(event)
    tellCause(record, event, telling => told.push(telling))
  }
  return told.map(event => (event.kind === 'failure-cause' ? event.diagnosis.logicalId : event.kind))
}

describe('the first failure', () => {
  it('is told once, and not what follows from it or comes later', () => {
    const events = [
      one.own('CREATE_IN_PROGRESS', 0),
      one.of('A', 'CREATE_FAILED', 1, {reason: 'quota'}),
      one.of('B', 'CREATE_FAILED', 2, {reason: 'Resource creation cancelled'}),
      one.of('C', 'CREATE_FAILED', 3, {reason: 'quota'}),
      one.own('ROLLBACK_IN_PROGRESS', 4, 'The following resource(s) failed to create: [A, B, C]. '),
      one.of('D', 'DELETE_FAILED', 9, {reason: 'in use'}),
    ]
    expect(toldOf(events)).toEqual(['A'])
  })

  it('is told again when an earlier one arrives late', () => {
    const events = [
      one.of('Late', 'CREATE_FAILED', 5, {reason: 'quota'}),
      one.of('Early', 'CREATE_FAILED', 4, {reason: 'quota'}),
    ]
    expect(toldOf(events)).toEqual(['Late', 'Early'])
  })

  it('is the reason of a stack that rolled back without a failed resource', () => {
    const events = [
      one.own('CREATE_IN_PROGRESS', 0),
      one.own('ROLLBACK_IN_PROGRESS', 4, 'No export named x found. Rollback requested by user.'),
    ]
    expect(toldOf(events)).toEqual(['demo-data'])
  })

  it('asks for the templates only when something failed, and once', () => {
    let asked = 0
    const record = new OperationRecord(() => {
      asked += 1
      return new Map()
    })
    toldOf([one.own('CREATE_IN_PROGRESS', 0), one.of('A', 'CREATE_COMPLETE', 1)], record)
    expect(asked).toBe(0)
    toldOf([one.of('B', 'CREATE_FAILED', 2), one.of('C', 'CREATE_FAILED', 3)], record)
    expect(asked).toBe(1)
  })
})
