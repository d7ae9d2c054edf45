import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {interferences} from './harness/interference.js'
import {checkSchedule} from './random/check-schedule.js'
import {nameOf, schedules} from './random/schedule.js'

/** `DRILL_RUNS=300` is the nightly mode. */
const runs = Number(process.env.DRILL_RUNS ?? 40)
const seed = Number(process.env.DRILL_SEED ?? 5)
const shrinks = process.env.DRILL_SHRINK !== undefined
/** What one may take on a busy machine. */
const patienceMs = 600_000

const drawn = fc.sample(schedules, {seed, numRuns: runs})

test(`${runs} random schedules of seed ${seed} are of every kind`, () => {
  const commands = new Set(drawn.map(({command}) => command.split(' ')[1]))
  expect([...commands].sort()).toEqual(['deploy', 'teardown', 'verify'])
  const deeds = new Set(drawn.map(({meanwhile}) => meanwhile?.does))
  expect(deeds.size).toBeGreaterThan(Math.min(runs, 2 * Object.keys(interferences).length) / 4)
})

/** Nothing was said that is not so, taken that is not ours, or left without a next step. */
describe.skipIf(shrinks)(`random schedules of seed ${seed}`, () => {
  for (const [index, schedule] of drawn.entries()) {
    test(
      `${index + 1}: ${nameOf(schedule)}`,
      async ({task}) => {
        task.meta.drill = await checkSchedule(schedule)
      },
      patienceMs,
    )
  }
})

test.runIf(shrinks)(
  `the smallest of ${runs} random schedules of seed ${seed} that fails`,
  async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async schedule => {
        await checkSchedule(schedule)
      }),
      {seed, numRuns: runs},
    )
  },
  runs * patienceMs,
)
