import {expect, test} from 'vitest'
import {checkSchedule} from './random/check-schedule.js'
import {nameOf} from './random/schedule.js'
import {found} from './table/found.js'

/** What one may take on a busy machine, in milliseconds. */
const patienceMs = 300_000

for (const schedule of found) {
  test(
    schedule.name,
    async ({task}) => {
      task.meta.drill = await checkSchedule(schedule)
    },
    patienceMs,
  )
}

test('every schedule that chance found is called what it is', () => {
  expect(found.map(({name}) => name)).toEqual(found.map(nameOf))
})
