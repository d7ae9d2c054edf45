import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {fitsWildcards} from '../../../src/rehearsal/account/wildcards.js'

const both = {ignoreCase: true, oneByOne: true}

describe('a pattern', () => {
  it.each([
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['*-tg', 'mcp-tg-tg', true],
    ['a*b*c', 'aXbXbXc', true],
    ['a*b*c', 'aXbXbX', false],
    ['a', 'aa', false],
    ['aa', 'a', false],
    ['.', 'a', false],
    ['A', 'a', false],
    ['?', 'a', false],
    ['*', 'a\nb', true],
  ])('%s and %j: %s', (pattern, text, fits) => {
    expect(fitsWildcards(pattern, text)).toBe(fits)
  })

  it('means one character by ? and no capitals where that is asked for', () => {
    expect(fitsWildcards('A?c*', 'abCd', both)).toBe(true)
    expect(fitsWildcards('A?c', 'ac', both)).toBe(false)
  })

  it('means what it would as a regular expression', () => {
    const letters = fc.string({unit: fc.constantFrom('a', 'b', 'B'), maxLength: 8})
    const patterns = fc.string({unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8})
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        const source = pattern.replaceAll('*', '.*').replaceAll('?', '.')
        expect(fitsWildcards(pattern, text, both)).toBe(new RegExp(`^${source}$`, 'i').test(text))
      }),
      {numRuns: 2000, seed: 4711},
    )
  })

  it('of many stars is answered at once', () => {
    const began = performance.now()
    expect(fitsWildcards(`${'*a'.repeat(50)}z`, 'a'.repeat(5000))).toBe(false)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})
