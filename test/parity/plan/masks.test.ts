import {describe, expect, test} from 'vitest'
import {bothMasks, covers, coversAny} from '../../../src/parity/plan/masks.js'

describe('a mask', () => {
  test.each([
    [true, [], true],
    [true, ['a', 0], true],
    [{a: true}, ['a'], true],
    [{a: true}, ['a', 'b'], true],
    [{a: {b: true}}, ['a'], false],
    [{a: [false, true]}, ['a', 1], true],
    [{a: [false]}, ['a'], false],
    [{a: [false]}, ['a', 0], false],
    [[], [], false],
    [false, ['a'], false],
    [{}, ['constructor'], false],
    [{}, ['__proto__', 'a'], false],
  ])('%j at %j covers: %s', (mask, path, isCovered) => {
    expect(covers(mask, path)).toBe(isCovered)
  })

  test.each([
    [true, true],
    [[false], false],
    [[{}, []], false],
    [{a: [{b: true}]}, true],
    [{}, false],
  ])('%j covers anything: %s', (mask, isAny) => {
    expect(coversAny(mask)).toBe(isAny)
  })

  test('joins with another one', () => {
    expect(bothMasks({a: [false, true], b: {c: true}}, {a: [true], d: true, b: {}})).toEqual({
      a: [true, true],
      b: {c: true},
      d: true,
    })
    expect(bothMasks(false, {})).toBe(false)
    expect(bothMasks({a: {b: true}}, {a: true})).toEqual({a: true})
  })
})
