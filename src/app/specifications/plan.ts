import {resolveRegion} from '../../aws/settings.js'
import {systemClock} from '../../clock.js'
import {type DeployFlags, readDeploySettings} from '../../input/deploy-input.js'
import {readHeadStarts} from '../../input/head-starts.js'
import {planText} from '../../report/plan-text.js'
import type {PlanResult} from '../../results.js'
import {plan} from '../../workflows/plan.js'
import {learned} from '../learn.js'
import type {CommonFlags, LocalSpecification} from '../specification.js'

type Flags = CommonFlags &
  DeployFlags & {teardown: boolean; express: boolean; 'head-start': string | undefined}

/** `mcpgw plan`: the checks of deploy, then arithmetic. Nothing outside this machine is asked. */
export const planCommand: LocalSpecification<Flags, PlanResult> = {
  async work(flags, given) {
    // Creating in express mode takes other stacks at other times, and is not planned: here the flag is that of a teardown.
    const settings = readDeploySettings({...flags, express: false}, given)
    const {environment, teardown, express, rehearse: sealed} = flags
    const headStarts = readHeadStarts(flags['head-start'])
    const operation = teardown ? ('delete' as const) : ('create' as const)
    const region = await resolveRegion({...flags, sealed})
    // Without an account: what any of them has taught.
    const taught = learned({...flags, endpoint: null, region}, undefined)
    const context = {environment, operation, region, settings, headStarts, express, learned: taught}
    return plan(context, {clock: systemClock, signal: new AbortController().signal})
  },
  words: (result, {flags, paint}) => planText(result, {paint, verbose: flags.verbose}),
}
