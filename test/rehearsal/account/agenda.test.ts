import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {AgendaItem} from '../../../src/rehearsal/account/account.js'
import {addItem, takeItem, withoutItems} from '../../../src/rehearsal/account/agenda.js'

const inOrder = (left: AgendaItem, right: AgendaItem) => left.at - right.at || left.order - right.order

/** What happens to an agenda, one after the other: an item for a time, the next one taken, a kind taken off. */
const steps = fc.array(
  fc.oneof(
    {weight: 4, arbitrary: fc.record({at: fc.nat(20), kind: fc.constantFrom('a', 'b')})},
    {weight: 2, arbitrary: fc.constant('take' as const)},
    {weight: 1, arbitrary: fc.record({off: fc.constantFrom('a', 'b')})},
  ),
  {maxLength: 200},
)

test('an agenda gives the earliest item first, and the first scheduled of one time, whatever happened before', () => {
  fc.assert(
    fc.property(steps, all => {
      let agenda: AgendaItem[] = []
      let sorted: AgendaItem[] = []
      for (const [order, step] of all.entries()) {
        if (step === 'take') expect(takeItem(agenda)).toEqual(sorted.shift())
        else if ('off' in step) {
          agenda = withoutItems(agenda, ({kind}) => kind === step.off)
          sorted = sorted.filter(({kind}) => kind !== step.off)
        } else {
          const item = {...step, order, region: 'r', data: {}}
          addItem(agenda, item)
          sorted = [...sorted, item].sort(inOrder)
        }
        expect(agenda[0]).toEqual(sorted[0])
        expect(agenda).toHaveLength(sorted.length)
      }
      while (sorted.length > 0) expect(takeItem(agenda)).toEqual(sorted.shift())
    }),
  )
})

test('an agenda that was sorted, as an earlier version wrote it, goes on', () => {
  const items = [3, 5, 5, 8, 13].map((at, order) => ({at, order, kind: 'a', region: 'r', data: {}}))
  const agenda = [...items]
  addItem(agenda, {at: 4, order: 9, kind: 'a', region: 'r', data: {}})
  expect(Array.from({length: 6}, () => takeItem(agenda)?.at)).toEqual([3, 4, 5, 5, 8, 13])
})
