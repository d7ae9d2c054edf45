import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {parseLarge} from '../../../src/parity/plan/large-json.js'

/** More than is parsed at once. */
const filling = 'x'.repeat(1_100_000)

function parsed(text: string): unknown {
  return parseLarge(Buffer.from(text))
}

describe('parseLarge', () => {
  test('makes of a large text what JSON.parse makes of it', () => {
    const value = {
      filling,
      list: [filling, [], {}, 'é😀"\\', -1.5e3, true, null, [{a: {b: [filling.slice(0, 10)]}}]],
      'a "name"\n': {filling, '}': ']', '[': '{', empty: ''},
    }
    expect(parsed(JSON.stringify(value))).toEqual(value)
    expect(parsed(` \r\n${JSON.stringify(value, null, '\t')}\n`)).toEqual(value)
  })

  test('makes of any JSON around something large what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const text = `[${JSON.stringify(one)},"${filling}" , {"a":${JSON.stringify(other)},"b":"${filling}"}]`
        expect(parsed(text)).toEqual(JSON.parse(text))
      }),
      {numRuns: 20},
    )
  })

  test('takes names of JavaScript for names, and the last of two', () => {
    const value = parsed(`{"__proto__":{"a":1},"b":1,"b":2,"filling":"${filling}"}`) as object
    expect(Object.keys(value)).toEqual(['__proto__', 'b', 'filling'])
    expect(value).toHaveProperty('b', 2)
  })

  test.each([
    `{"a":"${filling}"`,
    `{"a":"${filling}`,
    `{"a":"${filling}",}`,
    `{"a" "${filling}"}`,
    `{"a":,"b":"${filling}"}`,
    `{a:"${filling}"}`,
    `["${filling}" 1]`,
    `["${filling}",]`,
    `["${filling}"}`,
    `["${filling}"]]`,
    `["${filling}",{]}]`,
    `["${filling}"] x`,
    `{"a":"${filling}"} {"b":1}`,
    `["${filling}\n"]`,
  ])('refuses what is no JSON: number %#', text => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(() => parsed(text)).toThrow(SyntaxError)
  })

  test('takes its time for what is nested deeply, not the square of it', () => {
    const depth = 1_000_000
    const began = performance.now()
    try {
      parsed('['.repeat(depth) + ']'.repeat(depth))
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError)
    }
    expect(performance.now() - began).toBeLessThan(5000)
  })
})
