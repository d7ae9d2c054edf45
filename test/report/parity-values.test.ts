import {expect, test} from 'vitest'
import {apart} from '../../src/report/parity-values.js'

test.each([
  [1, 2, 1, 2],
  ['a', ['a'], 'a', ['a']],
  [['a', 'b', 'c'], ['c', 'a', 'd', 'e'], ['b'], ['d', 'e']],
  [
    ['a', 'b'],
    ['b', 'a'],
    ['a', 'b'],
    ['b', 'a'],
  ],
  [['a', 'a'], ['a'], ['a', 'a'], ['a']],
  [{a: 1, b: {c: 1, d: 2}}, {a: 1, b: {c: 1, d: 3}, e: null}, {b: {d: 2}}, {b: {d: 3}, e: null}],
  [[{a: 1, b: 1}, 7], [{a: 1, b: 2}, 7], [{b: 1}], [{b: 2}]],
  [{a: 1}, {a: 1}, {a: 1}, {a: 1}],
])('%j and %j differ in %j and %j', (one, other, left, right) => {
  expect(apart(one, other)).toEqual([left, right])
})
