import {expect, test} from 'vitest'
import {checkSchedule} from './random/check-schedule.js'
import {nameOf} from './random/schedule.js'
import {found} from './table/found.js'

for (const schedule of found) {
  test(schedule.name, async ({task}) => {
    task.meta.drill = await checkSchedule(schedule)
  })
}

test('every schedule that chance found is called what it is', () => {
  expect(found.map(({name}) => name)).toEqual(found.map(nameOf))
})
