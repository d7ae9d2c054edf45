import fc from 'fast-check'
import {expect, test} from 'vitest'
import {emptyAccount, regionOf} from '../../../src/rehearsal/account/account.js'
import type {Stack} from '../../../src/rehearsal/account/stack.js'
import {StackIndex} from '../../../src/rehearsal/engine/stack-index.js'

const id = fc.nat(5).map(String)
const name = fc.constantFrom('one', 'two', 'three')
const steps = fc.array(
  fc.oneof(
    fc.record({made: id, name}),
    fc.record({ended: id}),
    fc.record({renamed: id, name}),
    fc.record({forgotten: id}),
    fc.record({asked: name}),
  ),
  {maxLength: 60},
)

test('finds the first stack that fits, whatever became of the one that was found before', () => {
  fc.assert(
    fc.property(steps, all => {
      const region = regionOf(emptyAccount({seed: 1, now: 0}), 'r')
      const fits = (stack: Stack, wanted: string) =>
        stack.name === wanted && stack.status !== 'DELETE_COMPLETE'
      const index = new StackIndex(fits)
      const change = (which: string, what: Partial<Stack>) => Object.assign(region.stacks[which] ?? {}, what)
      for (const step of all) {
        if ('made' in step) region.stacks[step.made] = {id: step.made, name: step.name, status: ''} as Stack
        else if ('ended' in step) change(step.ended, {status: 'DELETE_COMPLETE'})
        else if ('renamed' in step) change(step.renamed, {name: step.name})
        else if ('forgotten' in step) delete region.stacks[step.forgotten]
        else {
          const fitting = Object.values(region.stacks).filter(stack => fits(stack, step.asked))
          const found = index.find(region, step.asked)
          // Which of several is found is of no account: names of the living are unique.
          if (fitting.length === 0) expect(found).toBeUndefined()
          else expect(fitting).toContain(found)
        }
      }
    }),
  )
})
