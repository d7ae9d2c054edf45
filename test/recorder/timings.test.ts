import {expect, it} from 'vitest'
import {Timings} from '../../src/recorder/timings.js'
import {stackEvent} from './recorded.js'

function timingsOf(...rows: Parameters<typeof stackEvent>[0][]) {
  const timings = new Timings()
  for (const each of rows) timings.add(stackEvent(each))
  return timings.all.map(({logicalId, action, end, seconds}) => [logicalId, action, end, seconds])
}

it('measures from the first row of a resource to its end', () => {
  expect(
    timingsOf(
      {status: 'CREATE_IN_PROGRESS', at: 1000},
      {status: 'CREATE_IN_PROGRESS', at: 2000},
      {status: 'CREATE_COMPLETE', at: 3200},
    ),
  ).toEqual([['Vpc', 'CREATE', 'COMPLETE', 2.2]])
})

it('keeps apart what a rollback does, and tells what has no end', () => {
  expect(
    timingsOf(
      {status: 'CREATE_IN_PROGRESS', at: 0},
      {status: 'CREATE_IN_PROGRESS', logicalId: 'Subnet', at: 500},
      {status: 'CREATE_FAILED', at: 1000},
      {status: 'DELETE_IN_PROGRESS', at: 2000},
      {status: 'DELETE_COMPLETE', at: 2500},
    ),
  ).toEqual([
    ['Vpc', 'CREATE', 'FAILED', 1],
    ['Subnet', 'CREATE', null, null],
    ['Vpc', 'DELETE', 'COMPLETE', 0.5],
  ])
})

it('an end whose beginning was not heard of has no length', () => {
  expect(timingsOf({status: 'DELETE_SKIPPED', at: 1000})).toEqual([['Vpc', 'DELETE', 'SKIPPED', null]])
})

it('measures the same resource again when it is worked on again', () => {
  expect(
    timingsOf(
      {status: 'UPDATE_IN_PROGRESS', at: 0},
      {status: 'UPDATE_COMPLETE', at: 1000},
      {status: 'UPDATE_IN_PROGRESS', at: 5000},
      {status: 'UPDATE_COMPLETE', at: 7000},
    ),
  ).toEqual([
    ['Vpc', 'UPDATE', 'COMPLETE', 1],
    ['Vpc', 'UPDATE', 'COMPLETE', 2],
  ])
})
