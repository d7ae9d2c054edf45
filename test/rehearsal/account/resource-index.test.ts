import fc from 'fast-check'
import {expect, test} from 'vitest'
import {emptyAccount, type Resource} from '../../../src/rehearsal/account/account.js'
import {VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../src/rehearsal/account/world.js'

const types = ['A', 'B', 'C']
const resource = fc.record({type: fc.constantFrom(...types), physicalId: fc.constantFrom('1', '2', 'three')})
const steps = fc.array(
  fc.oneof(
    fc.record({put: resource}),
    fc.record({remove: resource}),
    fc.record({ask: fc.constantFrom(...types)}),
  ),
  {maxLength: 60},
)

test('resources of a type are those that were put and not removed, oldest first', () => {
  fc.assert(
    fc.property(steps, all => {
      const world = new World(emptyAccount({seed: 1, now: 0}), new VirtualClock({speed: 'max', now: 0}))
      const region = world.region('r')
      const made = ({type, physicalId}: {type: string; physicalId: string}): Resource => ({
        ...{type, physicalId, properties: {}, attributes: {}, tags: {}, createdAt: 0, data: {}},
      })
      for (const step of all) {
        if ('put' in step) world.put(region, made(step.put))
        else if ('remove' in step) {
          const found = world.resource(region, step.remove.type, step.remove.physicalId)
          if (found) world.remove(region, found)
        } else {
          const expected = Object.values(region.resources).filter(({type}) => type === step.ask)
          const found = world.resourcesOf(region, step.ask)
          // The very same, not only alike, in the same order.
          expect(found).toHaveLength(expected.length)
          for (const [index, one] of found.entries()) expect(one).toBe(expected[index])
        }
      }
    }),
  )
})
