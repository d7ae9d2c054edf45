import {describe, expect, test} from 'vitest'
import {planned, variants} from './planned.js'
import {measuredCreation} from './whole-creation.js'

/** How far a deployment may stray from its plan. */
const tolerance = 0.1
/** A single stack strays more: the account's chance alone is 15 % for each resource, and evens out over fewer. */
const stackTolerance = 0.2

const off = (measured: number, expected: number) => Math.abs(measured - expected) / expected

describe('the plan and the embedded account, which simulates builds, tasks and health checks, agree', () => {
  test.each(variants)('$title', async ({layout, parameters, seeds}) => {
    const {result} = await planned({layout, parameters})
    for (const seed of seeds) {
      const measured = await measuredCreation({seed, layout, parameters})
      const message = `seed ${seed}: ${measured.seconds} s instead of ${result.expectedSeconds}`
      expect(off(measured.seconds, result.expectedSeconds), message).toBeLessThanOrEqual(tolerance)
      // The figure is no accident: what does not know what runs side by side is far off.
      expect(off(measured.seconds, result.serialSeconds)).toBeGreaterThan(tolerance)
      for (const {logicalId, expectedSeconds} of result.stacks) {
        const seconds = measured.stacks[logicalId]
        if (seconds === undefined) continue
        const which = `seed ${seed}, ${logicalId}: ${seconds} s instead of ${expectedSeconds}`
        expect(off(seconds, expectedSeconds), which).toBeLessThanOrEqual(stackTolerance)
      }
    }
  })
})
