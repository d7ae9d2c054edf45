import {describe, expect, test} from 'vitest'
import {
  keptMeasurements,
  type Measurement,
  merged,
  noTimings,
  withMeasurements,
} from '../../src/timings/measured.js'

const place = '123456789012/us-west-2'
const writer = {
  action: 'CREATE',
  label: 'data',
  logicalId: 'DatabaseWriter',
  type: 'AWS::RDS::DBInstance',
} as const

const measured = (seconds: readonly number[], change: Partial<Measurement> = {}) =>
  withMeasurements(
    noTimings,
    place,
    seconds.map(each => ({...writer, seconds: each, ...change})),
  )

describe('what runs have measured', () => {
  test('keeps the last measurements of a resource, the newest last', () => {
    const {places} = measured([1, 2, 3, 4, 5, 6, 7])
    expect(places[place]?.CREATE?.['data/DatabaseWriter']).toEqual({
      type: writer.type,
      seconds: [3, 4, 5, 6, 7],
    })
    expect(keptMeasurements).toBe(5)
  })

  test('begins anew where another type stands under the same name', () => {
    const other = withMeasurements(measured([400]), place, [
      {...writer, type: 'AWS::RDS::DBCluster', seconds: 9},
    ])
    expect(other.places[place]?.CREATE?.['data/DatabaseWriter']?.seconds).toEqual([9])
  })

  test('keeps places and actions apart, and changes nothing of what it was given', () => {
    const before = measured([400])
    const after = withMeasurements(before, 'rehearsal', [{...writer, action: 'DELETE', seconds: 7}])
    expect(Object.keys(after.places)).toEqual([place, 'rehearsal'])
    expect(after.places[place]).toEqual(before.places[place])
    expect(before.places.rehearsal).toBeUndefined()
  })

  test('takes what another machine measured as the newer', () => {
    const both = merged(measured([1, 2, 3]), measured([10, 20, 30]))
    expect(both.places[place]?.CREATE?.['data/DatabaseWriter']?.seconds).toEqual([2, 3, 10, 20, 30])
    expect(merged(noTimings, measured([1]))).toEqual(measured([1]))
  })
})
