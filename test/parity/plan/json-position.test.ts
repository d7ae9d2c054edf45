import {describe, expect, test} from 'vitest'
import {brokenAt} from '../../../src/parity/plan/json-position.js'

const text = JSON.stringify(
  {a: [1, -2.5e-3, true, false, null, 'x\\"\u00e9\n', {}, [], {b: {c: ''}}]},
  null,
  1,
)

describe('brokenAt', () => {
  test('finds the end of every text that was cut off', () => {
    for (let length = 0; length < text.length; length += 1) {
      const cut = text.slice(0, length)
      expect({length, ...brokenAt(cut)}).toMatchObject({isEnd: true})
    }
  })

  test.each([
    ['{"a": 1,}', 1, 9],
    ['{"a" 1}', 1, 6],
    ['{\n "a": 1\n "b": 2}', 3, 2],
    ['[1, 2', 1, 6],
    ['[1 2]', 1, 4],
    ['[01]', 1, 3],
    ['{"a": tru}', 1, 7],
    ['{"a": "x\ny"}', 1, 9],
    ['{"a": "\\q"}', 1, 8],
    ['{a: 1}', 1, 2],
    ['[1,]', 1, 4],
    ['{} {}', 1, 4],
    ['{}]', 1, 3],
    ['[}', 1, 2],
    ['{"a":1}\n{"b":2}', 2, 1],
  ])('finds what is wrong in %j', (broken, line, column) => {
    expect(brokenAt(broken)).toMatchObject({line, column})
    expect(() => JSON.parse(broken)).toThrow()
  })

  test('is not stopped by depth or by length', () => {
    expect(brokenAt('['.repeat(200_000))).toEqual({line: 1, column: 200_001, isEnd: true})
    expect(brokenAt(`["${'x'.repeat(2_000_000)}`)).toMatchObject({isEnd: true})
  })
})
