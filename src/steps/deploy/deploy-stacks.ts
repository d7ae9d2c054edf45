import {firstCause} from '../../diagnosis/first-cause.js'
import {actionsFor} from '../stacks/stack-actions.js'
import {type StackTarget, targetsOfLayout} from '../stacks/stack-targets.js'
import type {Step, StepTools} from '../step.js'
import {awaitFreeNames} from './await-free-names.js'
import {awaitReady} from './await-ready.js'
import {checkListeners} from './check-listeners.js'
import {completeImages} from './complete-images.js'
import type {DeployContext} from './context.js'
import {clear, deployStack, type TargetResult} from './deploy-stack.js'
import {deploymentFailure} from './deployment-failure.js'
import {tellAllResources, tellTimes} from './expected.js'
import {followBuild} from './follow-build.js'

/** Creates or updates the stacks, each as soon as what it needs is complete, and follows them and the image build. */
export function deployStacks(): Step<DeployContext> {
  return {
    id: 'stacks',
    title: 'Create or update the stacks',
    async run(context, tools) {
      await clearDeadStacks(context, tools)
      tellAllResources(context, tools.tell)
      tellTimes(context, tools.tell)
      const settled = new AbortController()
      const signal = AbortSignal.any([tools.signal, settled.signal])
      const told = new Set<string>()
      const building = followBuild(context, {...tools, signal}, told)
      let results: readonly TargetResult[]
      try {
        results = await deployAll(
          context,
          targetsOfLayout(context.settings.layout, context.environment),
          tools,
          told,
        )
      } finally {
        settled.abort()
        await building
      }
      for (const {stackTarget, operation} of results) context.operations.set(stackTarget.stackName, operation)
      const failures = results.filter(({ok}) => !ok)
      const cause = firstCause(context.record.undismissed)
      const failure = failures.find(({stackTarget}) => stackTarget.label === cause?.label) ?? failures[0]
      if (failure !== undefined) throw deploymentFailure(context, failure)
    },
  }
}

/**
 * Removes what failed creations left, the last made first, before anything is updated: a failed stack still imports what
 * the stacks before it export, and exports in use cannot be changed.
 */
async function clearDeadStacks(context: DeployContext, tools: StepTools): Promise<void> {
  const {aws, settings, environment} = context
  if (settings.layout === 'nested') return
  for (const stackTarget of [...targetsOfLayout(settings.layout, environment)].reverse()) {
    const known = context.existingStacks?.find(({stack}) => stack.name === stackTarget.stackName)
    if (known === undefined || actionsFor(known.stack.status).deploy !== 'recreate') continue
    const stack = await aws.stacks.describe(known.stack.id)
    if (stack !== undefined) await clear(context, stackTarget, stack, tools)
  }
}

/** Starts every stack target when its needs are complete. A stack target whose needs failed is not started. */
async function deployAll(
  context: DeployContext,
  stackTargets: readonly StackTarget[],
  tools: StepTools,
  told: Set<string>,
): Promise<readonly TargetResult[]> {
  const running = new Map<string, Promise<TargetResult | undefined>>()
  for (const stackTarget of stackTargets) {
    const needed = stackTarget.needs.map(label => running.get(label))
    running.set(
      stackTarget.label,
      startAfter(needed, async () => {
        const result = await deployStack(context, stackTarget, tools)
        if (result.ok) await awaitReady(context, stackTarget, tools)
        // Between two stacks of layout individual; nested ones follow each other without being asked.
        if (result.ok && stackTarget.label === 'compute') {
          await checkListeners(context, tools)
          await completeImages(context, tools, told)
          await awaitFreeNames(context, tools)
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
  needed: readonly (Promise<TargetResult | undefined> | undefined)[],
  start: () => Promise<TargetResult>,
): Promise<TargetResult | undefined> {
  const results = await Promise.all(needed)
  return results.every(result => result?.ok) ? start() : undefined
}
