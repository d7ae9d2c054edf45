import {resolveRegion} from '../../aws/settings.js'
import {systemClock} from '../../clock.js'
import {type DeployFlags, readDeployInput} from '../../input/deploy-input.js'
import {paint} from '../../report/paint.js'
import {planText} from '../../report/plan-text.js'
import {plan} from '../../workflows/plan.js'
import type {Outcome} from '../base-command.js'
import type {AwsFlags} from '../flags.js'

/** The work of `mcpgw plan`: the checks of deploy, then arithmetic. Nothing outside this machine is asked. */
export async function runPlan(flags: AwsFlags & DeployFlags): Promise<Outcome> {
  const {settings} = await readDeployInput(flags)
  const {environment, verbose, rehearse: sealed} = flags
  const context = {environment, region: await resolveRegion({...flags, sealed}), settings}
  const result = await plan(context, {clock: systemClock, signal: new AbortController().signal})
  const colours = paint({stream: process.stdout, noColor: flags['no-color']})
  return {document: result, text: planText(result, {paint: colours, verbose}), exitCode: 0}
}
