import {isInProgress} from '../../aws/stack-status.js'
import type {Tally} from '../../progress.js'
import {known} from '../context.js'
import {unitsOf} from '../stacks/units.js'
import type {Step} from '../step.js'
import {hasDomain} from '../verify/find-environment.js'
import {type CheckTarget, lookAtHealth} from '../verify/health.js'
import {NotHealthy} from '../verify/not-healthy.js'
import type {DeployContext} from './context.js'

/** Of the clock. */
const pollMs = 10_000
/** CloudFormation has waited for the services already; targets, roll-outs and DNS follow within minutes. */
const patienceMs = 10 * 60_000

/** Waits until everything is healthy, at most ten minutes, and not for what waiting cannot heal. */
export function verifyDeployed(): Step<DeployContext> {
  return {
    id: 'verify',
    title: 'Verify that it is healthy',
    skip: ({settings}) => (settings.verify ? undefined : 'not wanted (--no-verify)'),
    async run(context, {tell, signal}) {
      const {aws, clock, environment, settings} = context
      if (!settings.realm) {
        const text = `The way in of a student is not tried (--no-realm): \`${context.commandLine('verify')}\` tries it.`
        tell({kind: 'note', text})
      }
      const target: CheckTarget = {
        aws,
        clock,
        environment,
        layout: settings.layout,
        outputs: known(context.outputs, 'the outputs'),
        hasDomain: hasDomain({parameters: known(context.parameters, 'the parameters')}),
        links: settings.realm,
        signal,
        commandLine: command => context.commandLine(command),
      }
      let deadline = clock.now() + patienceMs
      let stuckLooks = 0
      for (;;) {
        const {health, firstProblem = '', isStuck} = await lookAtHealth(target)
        context.health = health
        if (health.healthy) return
        // Lists of AWS can lag behind what was just made: only what is found twice is believed.
        stuckLooks = isStuck ? stuckLooks + 1 : 0
        if (stuckLooks === 2 || clock.now() >= deadline) {
          const busy = await busyStack(context)
          if (busy === undefined)
            throw new NotHealthy(health, `Run \`${context.commandLine('verify')}\` to look again.`)
          tell({
            kind: 'note',
            text: `Somebody else works on stack ${busy}: looking again once that has ended`,
          })
          stuckLooks = 0
          deadline = clock.now() + patienceMs
        }
        tell({
          kind: 'verify-waiting',
          services: tally(health.services),
          targetGroups: tally(health.targetGroups),
          endpoints: tally(health.endpoints),
          links: tally(health.links),
          problem: firstProblem,
        })
        await clock.sleep(pollMs, signal)
      }
    },
  }
}

/** What is being rolled out by somebody else says nothing of what was deployed here. */
async function busyStack({aws, environment, settings}: DeployContext): Promise<string | undefined> {
  for (const {stackName} of unitsOf(settings.layout, environment)) {
    const stack = await aws.stacks.describe(stackName)
    if (stack !== undefined && isInProgress(stack.status)) return stackName
  }
  return undefined
}

function tally(checks: readonly {ok: boolean}[]): Tally {
  return {ok: checks.filter(({ok}) => ok).length, total: checks.length}
}
