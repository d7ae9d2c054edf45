import fc from 'fast-check'
import {expect, test} from 'vitest'
import {
  addEvent,
  type ScheduledEvent,
  takeEvent,
  withoutEvents,
} from '../../../src/rehearsal/account/event-queue.js'

const inOrder = (left: ScheduledEvent, right: ScheduledEvent) =>
  left.at - right.at || left.order - right.order
const names = fc.constantFrom('ecs.task' as const, 'ecs.schedule' as const)
const data = {task: 't', service: 's'}

/** What happens to a queue, one after the other: an event for a time, the next one taken, a name taken off. */
const steps = fc.array(
  fc.oneof(
    {weight: 4, arbitrary: fc.record({at: fc.nat(20), name: names})},
    {weight: 2, arbitrary: fc.constant('take' as const)},
    {weight: 1, arbitrary: fc.record({off: names})},
  ),
  {maxLength: 200},
)

test('a queue gives the earliest event first, and the first scheduled of one time, whatever happened before', () => {
  fc.assert(
    fc.property(steps, all => {
      let queue: ScheduledEvent[] = []
      let sorted: ScheduledEvent[] = []
      for (const [order, step] of all.entries()) {
        if (step === 'take') expect(takeEvent(queue)).toEqual(sorted.shift())
        else if ('off' in step) {
          queue = withoutEvents(queue, step.off, () => true)
          sorted = sorted.filter(({name}) => name !== step.off)
        } else {
          const event = {...step, order, region: 'r', data}
          addEvent(queue, event)
          sorted = [...sorted, event].sort(inOrder)
        }
        expect(queue[0]).toEqual(sorted[0])
        expect(queue).toHaveLength(sorted.length)
      }
      while (sorted.length > 0) expect(takeEvent(queue)).toEqual(sorted.shift())
    }),
  )
})

test('a queue that was sorted, as an earlier version wrote it, continues', () => {
  const event = (at: number, order: number): ScheduledEvent => ({
    at,
    order,
    name: 'ecs.task',
    region: 'r',
    data,
  })
  const queue = [3, 5, 5, 8, 13].map(event)
  addEvent(queue, event(4, 9))
  expect(Array.from({length: 6}, () => takeEvent(queue)?.at)).toEqual([3, 4, 5, 5, 8, 13])
})
