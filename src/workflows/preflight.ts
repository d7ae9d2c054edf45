import type {ProgressSink} from '../progress.js'
import type {CheckResult, PreflightResult} from '../results.js'
import {requireContext} from '../steps/context.js'
import type {DeployContext} from '../steps/deploy/context.js'
import {identify} from '../steps/identify.js'
import {check, look} from '../steps/preflight/preflight.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

/** Makes every check of deploy, and changes nothing. */
export const preflightWorkflow: Workflow<DeployContext> = {
  title: 'Preflight',
  steps: [identify(), look(), check()],
}

/** Says what would make a deployment fail. A blocker is a result, not a failure. */
export async function preflight(
  context: DeployContext,
  options: {tell: ProgressSink; signal: AbortSignal},
): Promise<PreflightResult> {
  await runWorkflow(preflightWorkflow, context, {clock: context.clock, ...options})
  const {aws, environment} = context
  const findings = requireContext(context.findings, 'the findings')
  const ok = findings.every(({verdict}) => verdict !== 'block')
  const deploy = `\`${context.commandLine('deploy')}\``
  return {
    environment,
    account: requireContext(context.identity, 'the account').account,
    alias: (await aws.accountAlias.alias()) ?? null,
    region: aws.region,
    ok,
    checks: findings.map(
      ({id, title, verdict, detail, advice}): CheckResult => ({id, title, verdict, detail, advice}),
    ),
    next: ok ? `Run ${deploy}.` : `Do what the checks that block advise, then run ${deploy}.`,
  }
}
