import {describe, expect, test} from 'vitest'
import {parsePath} from '../../../src/parity/compare/path.js'
import {elementsSeen, isUnknown, see, seenOf, toldBy, wasUnknown} from '../../../src/parity/compare/seen.js'
import type {Json} from '../../../src/parity/json.js'
import {planned} from './small.js'

const at = (values: Json, unknown: Json, path: string) =>
  see(seenOf(planned('aws_x.y', values as never, {unknown})), parsePath(path))

describe('unknown is', () => {
  test.each<[string, Json, Json, string, boolean]>([
    ['what the mask covers and nobody told', {}, {a: true}, 'a', true],
    ['what is inside of that', {}, {a: true}, 'a.0.b', true],
    ['a list of which one element is', {a: ['x', null]}, {a: [false, true]}, 'a', true],
    ['an object of which one member is', {a: {b: 1}}, {a: {c: true}}, 'a', true],
  ])('%s', (_, values, unknown, path, is) => {
    expect(isUnknown(at(values, unknown, path))).toBe(is)
  })

  test.each<[string, Json, Json, string]>([
    ['what a state told', {a: 'x'}, {a: true}, 'a'],
    ['a list of masks that are false', {a: ['x', 'y']}, {a: [false, false]}, 'a'],
    ['an element that is known', {a: ['x', null]}, {a: [false, true]}, 'a.0'],
    ['what is beside it', {b: 1}, {a: true}, 'b'],
    ['what is nothing', {a: null}, {}, 'a'],
  ])('not %s', (_, values, unknown, path) => {
    expect(isUnknown(at(values, unknown, path))).toBe(false)
  })
})

test('elements are those of a list, with their masks', () => {
  const seen = at({a: [{b: 1}, {}]}, {a: [{}, {b: true}]}, 'a')
  expect(elementsSeen(seen).map(one => [one.value, one.unknown])).toEqual([
    [{b: 1}, {}],
    [{}, {b: true}],
  ])
  expect(elementsSeen(at({a: {b: 1}}, {}, 'a'))).toEqual([])
  expect(elementsSeen(at({}, {}, 'a'))).toEqual([])
})

test('what the plan left unknown is told from what still is', () => {
  const resource = planned('aws_x.y', {a: 'x'}, {unknown: {}, unknownInPlan: {a: true}})
  const seen = see(seenOf(resource), parsePath('a'))
  expect([isUnknown(seen), wasUnknown(seen), toldBy(seen)]).toEqual([false, true, 'x'])
})
