import {firstCause} from '../../diagnosis/first-cause.js'
import {type StackUnit, unitsOf} from '../stacks/units.js'
import {waysOnFrom} from '../stacks/ways-on.js'
import type {Step, StepTools} from '../step.js'
import {checkListeners} from './check-listeners.js'
import {completeImages} from './complete-images.js'
import type {DeployContext} from './context.js'
import {clear, deployUnit, type UnitResult} from './deploy-unit.js'
import {tellTimes} from './expected.js'
import {followBuild} from './follow-build.js'
import {unitFailure} from './unit-failure.js'

/** Creates or updates the stacks, each as soon as what it needs is complete, and follows them and the image build. */
export function deployStacks(): Step<DeployContext> {
  return {
    id: 'stacks',
    title: 'Create or update the stacks',
    async run(context, tools) {
      await clearDeadStacks(context, tools)
      tellTimes(context, tools.tell)
      const settled = new AbortController()
      const signal = AbortSignal.any([tools.signal, settled.signal])
      const told = new Set<string>()
      const building = followBuild(context, {...tools, signal}, told)
      let results: readonly UnitResult[]
      try {
        results = await deployAll(context, unitsOf(context.settings.layout, context.environment), tools, told)
      } finally {
        settled.abort()
        await building
      }
      for (const {unit, operation} of results) context.operations.set(unit.stackName, operation)
      const failures = results.filter(({ok}) => !ok)
      const cause = firstCause(context.record.events)
      const failure = failures.find(({unit}) => unit.label === cause?.label) ?? failures[0]
      if (failure !== undefined) throw unitFailure(context, failure)
    },
  }
}

/**
 * Removes what failed creations left, the last made first, before anything is updated: a dead stack still imports what
 * the stacks before it export, and exports in use cannot be changed.
 */
async function clearDeadStacks(context: DeployContext, tools: StepTools): Promise<void> {
  const {aws, settings, environment} = context
  if (settings.layout === 'nested') return
  for (const unit of [...unitsOf(settings.layout, environment)].reverse()) {
    const known = context.standing?.find(({stack}) => stack.name === unit.stackName)
    if (known === undefined || waysOnFrom(known.stack.status).deploy !== 'recreate') continue
    const stack = await aws.stacks.describe(known.stack.id)
    if (stack !== undefined) await clear(context, unit, stack, tools)
  }
}

/** Starts every unit when its needs are complete. A unit whose needs failed is not started. */
async function deployAll(
  context: DeployContext,
  units: readonly StackUnit[],
  tools: StepTools,
  told: Set<string>,
): Promise<readonly UnitResult[]> {
  const running = new Map<string, Promise<UnitResult | undefined>>()
  for (const unit of units) {
    const needed = unit.needs.map(label => running.get(label))
    running.set(
      unit.label,
      startAfter(needed, async () => {
        const result = await deployUnit(context, unit, tools)
        // Between two stacks of layout individual; nested ones follow each other without being asked.
        if (result.ok && unit.label === 'compute') {
          await checkListeners(context, tools)
          await completeImages(context, tools, told)
        }
        return result
      }),
    )
  }
  // Siblings are waited for even after a failure, so that the account is at rest when the failure is reported.
  const ends = await Promise.allSettled(running.values())
  return ends.flatMap(end => {
    if (end.status === 'rejected') throw end.reason
    return end.value === undefined ? [] : [end.value]
  })
}

async function startAfter(
  needed: readonly (Promise<UnitResult | undefined> | undefined)[],
  start: () => Promise<UnitResult>,
): Promise<UnitResult | undefined> {
  const results = await Promise.all(needed)
  return results.every(result => result?.ok) ? start() : undefined
}
