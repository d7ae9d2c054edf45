import type {Health} from '../../results.js'
import {known} from '../context.js'
import type {Step} from '../step.js'
import {hasDomain} from '../verify/find-environment.js'
import {type CheckTarget, checkHealth} from '../verify/health.js'
import {NotHealthy} from '../verify/not-healthy.js'
import type {DeployContext} from './context.js'

/** Of the clock. */
const pollMs = 10_000
/** CloudFormation has waited for the services already; targets, roll-outs and DNS follow within minutes. */
const patienceMs = 10 * 60_000

/** Waits until everything is healthy, at most ten minutes. */
export function verifyDeployed(): Step<DeployContext> {
  return {
    id: 'verify',
    title: 'Verify that it is healthy',
    skip: ({settings}) => (settings.verify ? undefined : 'not wanted (--no-verify)'),
    async run(context, {tell, signal}) {
      const {aws, clock, environment} = context
      const target: CheckTarget = {
        aws,
        clock,
        environment,
        outputs: known(context.outputs, 'the outputs'),
        hasDomain: hasDomain({parameters: known(context.parameters, 'the parameters')}),
        signal,
        commandLine: command => context.commandLine(command),
      }
      const deadline = clock.now() + patienceMs
      for (;;) {
        const health = await checkHealth(target)
        context.health = health
        if (health.healthy) return
        if (clock.now() >= deadline)
          throw new NotHealthy(health, `Run \`${context.commandLine('verify')}\` to look again.`)
        tell({
          kind: 'verify-waiting',
          services: count(health.services),
          targetGroups: count(health.targetGroups),
        })
        await clock.sleep(pollMs, signal)
      }
    },
  }
}

function count(checks: Health['services'] | Health['targetGroups']): {ok: number; total: number} {
  return {ok: checks.filter(({ok}) => ok).length, total: checks.length}
}
