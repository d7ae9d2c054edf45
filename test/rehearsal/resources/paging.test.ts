import fc from 'fast-check'
import {expect, test} from 'vitest'
import {newestPage} from '../../../src/rehearsal/resources/newest-page.js'
import {pageOf} from '../../../src/rehearsal/resources/paging.js'

test('pages from the end meet, and leave nothing out, while the list grows', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.integer({min: 1, max: 10}), fc.array(fc.nat(5)), (length, size, growth) => {
      const all = Array.from({length}, (_, index) => index)
      const walked: number[] = []
      let token: string | undefined
      for (let page = 0; ; page += 1) {
        const {items, next} = newestPage(all, length, token, size)
        expect(items.length).toBeLessThanOrEqual(size)
        walked.push(...items)
        for (let more = 0; more < (growth[page] ?? 0); more += 1) all.push(all.length)
        token = next
        if (token === undefined) break
      }
      expect(walked).toEqual(Array.from({length}, (_, index) => length - 1 - index))
    }),
  )
})

test.each([
  ['newestPage', (all: number[], token: string) => newestPage(all, all.length, token, 2)],
  ['pageOf', (all: number[], token: string) => pageOf(all, token, 2)],
])('%s refuses a token that was never given', (_, page) => {
  for (const token of ['nonsense', Buffer.from('from:-1').toString('base64url')]) {
    expect(() => page([1, 2, 3], token)).toThrow('Invalid NextToken')
  }
})
