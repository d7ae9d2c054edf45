import fc from 'fast-check'
import {expect, test} from 'vitest'
import {checkSchedule} from './random/check-schedule.js'
import {asDrill, type Schedule, schedules} from './random/schedule.js'

/** `DRILL_RUNS=300` is the nightly mode. */
const runs = Number(process.env.DRILL_RUNS ?? 40)
const seed = Number(process.env.DRILL_SEED ?? 5)
/** What one may take on a busy machine, shrinking apart. */
const patienceMs = 20_000

const drawn = fc.sample(schedules, {seed, numRuns: runs})

test(`${runs} random schedules of seed ${seed} are of every kind`, () => {
  const commands = new Set(drawn.map(({command}) => command.split(' ')[1]))
  expect([...commands].sort()).toEqual(['deploy', 'teardown', 'verify'])
})

test(
  `after ${runs} random schedules of seed ${seed} nothing was said that is not so, taken that is not ours, or left without a way on`,
  async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async schedule => {
        await checkSchedule(schedule)
      }),
      {
        seed,
        numRuns: runs,
        endOnFailure: process.env.DRILL_SHRINK === undefined,
        reporter(details) {
          if (!details.failed) return
          const [schedule] = details.counterexample as [Schedule]
          throw new Error(
            `Again with DRILL_SEED=${seed}. As a drill: ${asDrill(schedule)}\n${details.errorInstance}`,
          )
        },
      },
    )
  },
  runs * patienceMs,
)
