import type {McpgwError} from '../../errors.js'
import type {CheckResult} from '../../results.js'
import type {DeployContext} from '../deploy/context.js'
import type {PlannedStack} from '../plan/planned-stacks.js'

/** What a check found. `advice` is what to do; a finding that warns or blocks has one. */
export interface Finding {
  readonly verdict: CheckResult['verdict']
  readonly detail: string
  readonly advice?: string
}

/** What checks may look at. They change nothing, in AWS or here. */
export interface CheckContext extends DeployContext {
  /** What deploy would create; undefined when the templates cannot be resolved here. */
  readonly planned: readonly PlannedStack[] | undefined
}

/** One thing that could make a deployment fail. */
export interface Check {
  /** Stable: `--skip-check` and scripts refer to it. */
  readonly id: string
  readonly title: string
  /** For its row of docs/preflight.md, in Markdown: what it looks at, and what it warns of. */
  readonly looksAt: string
  /** For the same row: when it blocks. Without it, it never does. */
  readonly blocksWhen?: string
  /**
   * A refusal that is thrown (exit code 2 or 3) blocks, in its own words. Whatever else AWS does not answer leaves
   * the check undone, which is no reason to refuse.
   */
  run(context: CheckContext): Promise<Finding>
}

/** What a check came to; `failure` is the refusal that blocks, for a run that meets no other. */
export interface Checked extends CheckResult {
  readonly failure?: McpgwError
}

export function pass(detail: string): Finding {
  return {verdict: 'pass', detail}
}

export function warn(detail: string, advice: string): Finding {
  return {verdict: 'warn', detail, advice}
}

export function block(detail: string, advice: string): Finding {
  return {verdict: 'block', detail, advice}
}

/** Not looked at, and why. */
export function skip(detail: string): Finding {
  return {verdict: 'skip', detail}
}

/** Judges what would be created, when that is known and there is a reason to. */
export async function judgePlanned(
  {planned, refusal}: CheckContext,
  judge: (planned: readonly PlannedStack[]) => Promise<Finding>,
): Promise<Finding> {
  if (refusal !== undefined) return skip('checked once the stacks can be deployed')
  if (planned === undefined) return skip('the templates cannot be resolved without CloudFormation')
  if (planned.length === 0) return pass('nothing new is created')
  return judge(planned)
}
