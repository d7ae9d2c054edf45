import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type Link, pathTo, secondsToEnd, spansOf} from '../../../src/steps/plan/longest-path.js'

/** Links that need only earlier ones, told in any order. */
const links: fc.Arbitrary<Link[]> = fc
  .array(fc.record({seconds: fc.nat(50), needs: fc.uniqueArray(fc.nat(9), {maxLength: 3})}), {
    minLength: 1,
    maxLength: 9,
  })
  .chain(drafts => {
    const made = drafts.map(({seconds, needs}, index) => ({
      key: `L${index}`,
      seconds,
      needs: needs.filter(need => need < index).map(need => `L${need}`),
    }))
    return fc.shuffledSubarray(made, {minLength: made.length})
  })

/** Every way from a link without needs to the given one. */
function chainsTo(all: readonly Link[], key: string): Link[][] {
  const link = all.find(candidate => candidate.key === key) as Link
  return link.needs.length === 0
    ? [[link]]
    : link.needs.flatMap(need => chainsTo(all, need).map(chain => [...chain, link]))
}

const sum = (chain: readonly Link[]) => chain.reduce((total, {seconds}) => total + seconds, 0)

describe('the longest path', () => {
  test('no chain that leads to a link is longer than the link takes to end', () => {
    fc.assert(
      fc.property(links, all => {
        const spans = spansOf(all)
        for (const {key} of all) {
          expect(spans.get(key)?.end).toBe(Math.max(...chainsTo(all, key).map(sum)))
        }
      }),
    )
  })

  test('is connected, begins at nothing, and its seconds add up to the end of its last link', () => {
    fc.assert(
      fc.property(links, all => {
        const spans = spansOf(all)
        for (const {key} of all) {
          const path = pathTo(spans, key).map(each => all.find(link => link.key === each) as Link)
          expect(path[0]?.needs).toEqual([])
          for (const [index, link] of path.entries()) {
            if (index > 0) expect(link.needs).toContain(path[index - 1]?.key)
          }
          expect(sum(path)).toBe(spans.get(key)?.end)
        }
      }),
    )
  })

  test('what a link leaves to the end is what it would be with time running backwards', () => {
    fc.assert(
      fc.property(links, all => {
        const left = secondsToEnd(all)
        const spans = spansOf(all)
        const whole = Math.max(...[...spans.values()].map(({end}) => end))
        for (const {key} of all) {
          const after = all.flatMap(({key: last}) =>
            chainsTo(all, last).flatMap(chain => {
              const at = chain.findIndex(link => link.key === key)
              return at === -1 ? [] : [sum(chain.slice(at))]
            }),
          )
          expect(left.get(key)).toBe(Math.max(...after))
          expect((spans.get(key)?.begin ?? 0) + (left.get(key) ?? 0)).toBeLessThanOrEqual(whole)
        }
      }),
    )
  })

  test('refuses a circle and a need that is not there', () => {
    const link = (key: string, ...needs: string[]) => ({key, seconds: 1, needs})
    expect(() => spansOf([link('a', 'b'), link('b', 'a')])).toThrow('waits for itself')
    expect(() => spansOf([link('a', 'b')])).toThrow('Nothing is called b')
  })
})
