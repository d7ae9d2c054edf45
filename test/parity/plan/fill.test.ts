import {describe, expect, test} from 'vitest'
import type {Json, JsonObject} from '../../../src/parity/json.js'
import {fill} from '../../../src/parity/plan/fill.js'

describe('fill', () => {
  test.each<[string, JsonObject, Json, JsonObject, JsonObject, Json]>([
    ['nothing that is known', {a: 1}, {}, {a: 2, b: 3}, {a: 1}, {}],
    ['an attribute', {a: 1}, {b: true}, {a: 2, b: 3}, {a: 1, b: 3}, {}],
    ['everything', {}, true, {a: 1}, {a: 1}, false],
    ['not what the other lacks', {}, {a: true, b: true}, {b: 1}, {b: 1}, {a: true}],
    ['a member of a member', {a: {b: 1}}, {a: {c: true}}, {a: {b: 2, c: 3}}, {a: {b: 1, c: 3}}, {}],
    ['an element', {a: [1, null]}, {a: [false, true]}, {a: [1, 2]}, {a: [1, 2]}, {}],
    [
      'no element where another one has changed',
      {a: [1, null]},
      {a: [false, true]},
      {a: [9, 2]},
      {a: [1, null]},
      {a: [false, true]},
    ],
    [
      'no element of a list of another length',
      {a: [null]},
      {a: [true]},
      {a: [1, 2]},
      {a: [null]},
      {a: [true]},
    ],
    [
      'elements of a set in another order',
      {a: [{n: 1}, {n: 2}]},
      {a: [{v: true}, {v: true}]},
      {
        a: [
          {n: 2, v: 'b'},
          {n: 1, v: 'a'},
        ],
      },
      {
        a: [
          {n: 1, v: 'a'},
          {n: 2, v: 'b'},
        ],
      },
      {},
    ],
    [
      'no element that two agree with',
      {a: [{n: 1}, {n: 3}]},
      {a: [{v: true}, {v: true}]},
      {
        a: [
          {n: 1, v: 'a'},
          {n: 1, v: 'b'},
        ],
      },
      {a: [{n: 1}, {n: 3}]},
      {a: [{v: true}, {v: true}]},
    ],
  ])('fills %s', (_, values, unknown, known, filled, left) => {
    const result = fill(values, unknown, known)
    expect(result.values).toEqual(filled)
    expect(result.unknown).toEqual(left)
  })

  test('sets no prototype', () => {
    const known = JSON.parse('{"__proto__": {"a": 1}}')
    const {values} = fill({}, JSON.parse('{"__proto__": true}'), known)
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype)
    expect(Object.keys(values)).toEqual(['__proto__'])
  })
})
