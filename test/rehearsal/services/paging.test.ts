import fc from 'fast-check'
import {expect, test} from 'vitest'
import {lastFirst, pageOf} from '../../../src/rehearsal/services/paging.js'

test('pages from the end meet, and leave nothing out, while the list grows', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.integer({min: 1, max: 10}), fc.array(fc.nat(5)), (length, size, growth) => {
      const all = Array.from({length}, (_, index) => index)
      const walked: number[] = []
      let token: string | undefined
      for (let page = 0; ; page += 1) {
        const {items, next} = lastFirst(all, token, size)
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
  ['lastFirst', lastFirst],
  ['pageOf', pageOf],
])('%s refuses a token that was never given', (_, page) => {
  for (const token of ['nonsense', Buffer.from('from:-1').toString('base64url')]) {
    expect(() => page([1, 2, 3], token, 2)).toThrow('Invalid NextToken')
  }
})
