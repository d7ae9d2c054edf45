import {isInProgress, isUpdatable} from '../../aws/stack-status.js'
import type {McpgwError} from '../../errors.js'
import type {Tally} from '../../progress.js'
import {requireContext} from '../context.js'
import type {HoldingStack} from '../resources/damage.js'
import {holdingStacks} from '../resources/holding-stacks.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import {isBusy, nestedStacks} from '../stacks/nested.js'
import {targetsOfLayout} from '../stacks/stack-targets.js'
import type {Step} from '../step.js'
import type {CheckTarget} from '../verify/check-target.js'
import {hasDomain} from '../verify/find-environment.js'
import {lookAtHealth} from '../verify/health.js'
import {nestedTrouble} from '../verify/nested-trouble.js'
import {NotHealthy} from '../verify/not-healthy.js'
import {notVerifiable} from '../verify/not-verifiable.js'
import type {DeployContext} from './context.js'

/** Of the clock. */
const pollMs = 10_000
/** CloudFormation has waited for the services already; targets, roll-outs and DNS follow within minutes. */
const patienceMs = 10 * 60_000

/** Waits until everything is healthy, at most ten minutes, and not for what waiting cannot heal. */
export function verifyDeployed(): Step<DeployContext> {
  return {
    id: 'verify',
    title: 'Verify the environment',
    skip: ({settings}) => (settings.verify ? undefined : 'not wanted (--no-verify)'),
    async run(context, {tell, signal}) {
      const {aws, clock, environment, settings} = context
      if (!settings.realm) {
        const text = `The login path is not checked (--no-realm): \`${context.commandLine('verify')}\` checks it.`
        tell({kind: 'note', text})
      }
      const target: CheckTarget = {
        aws,
        clock,
        environment,
        layout: settings.layout,
        outputs: requireContext(context.outputs, 'the outputs'),
        hasDomain: hasDomain({parameters: requireContext(context.parameters, 'the parameters')}),
        links: settings.realm,
        signal,
        commandLine: command => context.commandLine(command),
      }
      let stacks: readonly HoldingStack[] | undefined
      let deadline = clock.now() + patienceMs
      let stuckLooks = 0
      for (;;) {
        const {health, firstProblem, isStuck, unsteady} = await lookAtHealth({
          ...target,
          ...(stacks && {stacks}),
        })
        let problem = firstProblem ?? ''
        context.health = health
        context.record.waitsFor(unsteady)
        if (health.healthy && stacks === undefined) {
          // What runs well may still lack what its next task needs: that is looked at once everything runs.
          stacks = await holdingOf(context)
          continue
        }
        // Lists of AWS can lag behind what was just made: only what is found twice is believed.
        stuckLooks = isStuck ? stuckLooks + 1 : 0
        if (health.healthy || stuckLooks === 2 || clock.now() >= deadline) {
          const {busy, trouble} = await lookAtStacks(context)
          if (trouble !== undefined) throw trouble
          if (busy === undefined) {
            if (health.healthy) return
            throw new NotHealthy(health, `Run \`${context.commandLine('verify')}\` to look again.`)
          }
          tell({
            kind: 'note',
            text: `Someone else has an operation in progress on stack ${busy}: checking again when it has ended`,
          })
          problem = `an operation is in progress on stack ${busy}`
          stuckLooks = 0
          deadline = clock.now() + patienceMs
        }
        tell({
          kind: 'verify-waiting',
          services: tally(health.services),
          targetGroups: tally(health.targetGroups),
          endpoints: tally(health.endpoints),
          links: tally(health.links),
          problem,
        })
        await clock.sleep(pollMs, signal)
      }
    },
  }
}

async function holdingOf({aws, environment, settings}: DeployContext): Promise<readonly HoldingStack[]> {
  const stackTargets = targetsOfLayout(settings.layout, environment)
  const found = await Promise.all(stackTargets.map(({stackName}) => aws.stacks.describe(stackName)))
  return holdingStacks(
    aws.stacks,
    settings.layout,
    found.flatMap(stack => stack ?? []),
  )
}

/**
 * What is being rolled out by somebody else says nothing of what was deployed here, and healthy is not said of what is
 * going away: `busy` is a stack on which somebody works by now, `trouble` what does not exist any more.
 */
async function lookAtStacks(context: DeployContext): Promise<{busy?: string; trouble?: McpgwError}> {
  const {aws, environment, settings} = context
  const existingStacks: ExistingStack[] = []
  for (const stackTarget of targetsOfLayout(settings.layout, environment)) {
    const stack = await aws.stacks.describe(stackTarget.stackName)
    if (stack !== undefined) existingStacks.push({stackTarget, layout: settings.layout, stack})
  }
  const busy = existingStacks.find(({stack}) => isInProgress(stack.status))
  if (busy !== undefined) return {busy: busy.stack.name}
  const isWhole = existingStacks.length === targetsOfLayout(settings.layout, environment).length
  if (!isWhole || !existingStacks.every(({stack}) => isUpdatable(stack.status)))
    return {trouble: await notVerifiable(context, existingStacks)}
  const [root] = settings.layout === 'nested' ? existingStacks : []
  const nested = root === undefined ? [] : await nestedStacks(aws.stacks, root.stack.id)
  const busyNested = nested.find(isBusy)
  return busyNested === undefined ? {trouble: nestedTrouble(context, nested)} : {busy: busyNested.name}
}

function tally(checks: readonly {ok: boolean}[]): Tally {
  return {ok: checks.filter(({ok}) => ok).length, total: checks.length}
}
