import {resolveRegion} from '../../aws/settings.js'
import {systemClock} from '../../clock.js'
import {type DeployFlags, readDeploySettings} from '../../input/deploy-input.js'
import {planText} from '../../report/plan-text.js'
import type {PlanResult} from '../../results.js'
import {plan} from '../../workflows/plan.js'
import type {CommonFlags, LocalSpecification} from '../specification.js'

/** `mcpgw plan`: the checks of deploy, then arithmetic. Nothing outside this machine is asked. */
export const planCommand: LocalSpecification<CommonFlags & DeployFlags & {teardown: boolean}, PlanResult> = {
  async work(flags, given) {
    const settings = readDeploySettings(flags, given)
    const {environment, teardown, rehearse: sealed} = flags
    const operation = teardown ? ('delete' as const) : ('create' as const)
    const context = {environment, operation, region: await resolveRegion({...flags, sealed}), settings}
    return plan(context, {clock: systemClock, signal: new AbortController().signal})
  },
  words: (result, {flags, paint}) => planText(result, {paint, verbose: flags.verbose}),
}
