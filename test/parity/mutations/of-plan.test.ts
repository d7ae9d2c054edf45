import {expect, test} from 'vitest'
import {compare, plan} from '../whole.js'
import {inBatches} from './batches.js'
import {planMutations} from './of-plan.js'

const findingsOf = inBatches(planMutations, compare, changes =>
  compare({plan: changes.reduce((changed, change) => change(changed), plan)}),
)

test('there are 60 changes of the plan, each of its own', () => {
  expect(planMutations.length).toBeGreaterThanOrEqual(60)
  expect(new Set(planMutations.map(({name}) => name)).size).toBe(planMutations.length)
})

test.each(planMutations)('$name is noticed, and named', mutation => {
  expect(findingsOf(mutation)).not.toEqual([])
})
