import {describe, expect, test} from 'vitest'
import {planned, variants} from './planned.js'
import {type Measured, measuredLife} from './whole-life.js'

/** How far a deployment or a teardown may stray from its plan. */
const tolerance = 0.1
/** A single stack strays more: the account's chance alone is 15 % for each resource, and evens out over fewer. */
const stackTolerance = 0.2

const off = (measured: number, expected: number) => Math.abs(measured - expected) / expected

type Plan = Awaited<ReturnType<typeof planned>>['result']

function agree({seconds, stacks}: Measured, plan: Plan, title: string): void {
  const message = `${title}: ${seconds} s instead of ${plan.expectedSeconds}`
  expect(off(seconds, plan.expectedSeconds), message).toBeLessThanOrEqual(tolerance)
  // The figure is no accident: what does not know what runs side by side is far off.
  expect(off(seconds, plan.serialSeconds)).toBeGreaterThan(
    plan.operation === 'create' ? tolerance : tolerance / 2,
  )
  for (const {logicalId, expectedSeconds} of plan.stacks) {
    const measured = stacks[logicalId]
    if (measured === undefined) continue
    const which = `${title}, ${logicalId}: ${measured} s instead of ${expectedSeconds}`
    expect(off(measured, expectedSeconds), which).toBeLessThanOrEqual(stackTolerance)
  }
}

describe('the plans and the embedded account, which simulates builds, tasks and health checks, agree', () => {
  test.each(variants)('$title', async ({layout, parameters, seeds}) => {
    const creation = await planned({layout, parameters})
    const deletion = await planned({layout, parameters, operation: 'delete'})
    for (const seed of seeds) {
      const life = await measuredLife({seed, layout, parameters})
      agree(life.creation, creation.result, `creation, seed ${seed}`)
      agree(life.deletion, deletion.result, `deletion, seed ${seed}`)
    }
  })
})
