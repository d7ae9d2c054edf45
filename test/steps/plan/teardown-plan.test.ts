import {beforeAll, describe, expect, test} from 'vitest'
import type {PlanResult} from '../../../src/results.js'
import {spanOf, type Timeline} from '../../../src/steps/plan/timeline.js'
import {planned, variants} from './planned.js'

describe.each(variants)('the plan of the teardown, $title', ({layout, parameters}) => {
  let result: PlanResult
  let timeline: Timeline
  beforeAll(async () => {
    const found = await planned({layout, parameters, operation: 'delete'})
    result = found.result
    timeline = found.timeline
  })

  test('deletes what a deployment creates, each resource once', async () => {
    const {result: creation} = await planned({layout, parameters})
    const names = (plan: PlanResult) =>
      plan.stacks.map(({name, resources}) => [name, resources.map(({logicalId}) => logicalId)])
    expect(names(result)).toEqual(names(creation))
    expect(result.stacks.flatMap(({resources}) => resources).every(({action}) => action === 'delete')).toBe(
      true,
    )
  })

  test('lets nothing go before all that needs it is gone', () => {
    const {links, spans} = timeline
    const spanOfResource = (label: string, logicalId: string) =>
      spans.get(links.find(link => link.stack.label === label && link.logicalId === logicalId)?.key ?? '')
    for (const {resource, stack, logicalId} of links) {
      if (resource === undefined) continue
      for (const need of resource.needs) {
        const needed = spanOfResource(stack.label, need)
        expect(needed?.begin, `${need} of ${logicalId}`).toBeGreaterThanOrEqual(
          spanOfResource(stack.label, logicalId)?.end ?? Number.NaN,
        )
      }
    }
  })

  test('begins with the services, then data and compute side by side, and ends with the network', () => {
    const span = (logicalId: string) => {
      const stack = timeline.links.find(link => link.stack.logicalId === logicalId)?.stack
      return stack === undefined ? {begin: Number.NaN, end: Number.NaN} : spanOf(timeline, stack)
    }
    expect(span('DataStack').begin).toBe(span('ServicesStack').end)
    expect(span('ComputeStack').begin).toBe(span('ServicesStack').end)
    expect(span('NetworkStack').begin).toBe(Math.max(span('DataStack').end, span('ComputeStack').end))
  })

  test("waits for the database writer, and takes less time than a deployment's twenty minutes", () => {
    expect(result.criticalPath.map(({logicalId}) => logicalId)).toContain('DatabaseWriter')
    expect(result.expectedSeconds).toBeLessThan(1200)
    expect(result.serialSeconds).toBeGreaterThan(result.expectedSeconds)
  })

  test('says what stays', () => {
    const stays = parameters.KeepDatabaseSnapshot === 'true'
    expect(result.stays.map(({logicalId, what}) => `${what} of ${logicalId}`)).toEqual(
      stays ? ['resource of KeptDatabaseKey', 'snapshot of KeptDatabaseCluster'] : [],
    )
  })

  test('says nothing of images or of administration', () => {
    expect(result).toMatchObject({images: null, keycloakAdmin: []})
  })
})
