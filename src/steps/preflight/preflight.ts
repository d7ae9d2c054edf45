import {McpgwError, refused} from '../../errors.js'
import type {DeployContext} from '../deploy/context.js'
import {inspect} from '../deploy/inspect.js'
import {findNamed} from '../stacks/existing-stacks.js'
import type {Step} from '../step.js'
import type {Checked} from './check.js'
import {checks} from './checks.js'
import {runChecks} from './run-checks.js'
import {willMake} from './will-make.js'

/** Looks at what exists as deploy does, and keeps a refusal for the checks instead of ending with it. */
export function look(): Step<DeployContext> {
  const step = inspect()
  return {
    ...step,
    async run(context, tools) {
      try {
        await step.run(context, tools)
      } catch (error) {
        if (!(error instanceof McpgwError) || error.exitCode !== 3) throw error
        context.refusal = error
      }
    },
  }
}

/** Makes all checks, and refuses nothing. */
export function check(): Step<DeployContext> {
  return {
    id: 'preflight',
    title: 'Run preflight checks',
    async run(context, {signal}) {
      const silenced = new Set(context.settings.skippedChecks)
      const planned = willMake(context)
      context.findings = await runChecks(checks, {...context, planned}, {silenced, signal})
    },
  }
}

/** Makes all checks before anything is changed, tells what they warn of, and refuses what would fail. */
export function preflight(): Step<DeployContext> {
  const step = check()
  return {
    ...step,
    async run(context, tools) {
      await step.run(context, tools)
      // What another deploy has begun to make since then would be told as names that others have.
      if (blockersOf(context).length > 0 && (await hasBegunMeanwhile(context))) {
        await inspect().run(context, tools)
        await step.run(context, tools)
      }
      const findings: readonly Checked[] = context.findings ?? []
      for (const {verdict, title, detail, advice} of findings) {
        if (verdict === 'warn') tools.tell({kind: 'note', text: `${title}: ${ended(detail)} ${advice}`})
      }
      const blockers = blockersOf(context)
      if (blockers.length > 0) throw blocked(blockers, context)
    },
  }
}

function blockersOf(context: DeployContext): readonly Checked[] {
  const findings: readonly Checked[] = context.findings ?? []
  return findings.filter(({verdict}) => verdict === 'block')
}

/** Whether a stack exists under this name that did not when it was looked. */
async function hasBegunMeanwhile({aws, environment, existingStacks = []}: DeployContext): Promise<boolean> {
  const known = new Set(existingStacks.map(({stack}) => stack.id))
  const named = await findNamed(aws.stacks, environment)
  return named.some(({stack}) => !known.has(stack.id))
}

/** A refusal that comes alone keeps its own code and words. */
function blocked(blockers: readonly Checked[], {environment, commandLine}: DeployContext): McpgwError {
  const [first] = blockers
  if (blockers.length === 1 && first?.failure !== undefined) return first.failure
  const points = blockers.map(({id, title, detail, advice}) => `${title} (${id}): ${ended(detail)} ${advice}`)
  return refused(
    'PREFLIGHT_BLOCKED',
    `Deploying ${environment} would fail, and nothing was changed:`,
    `Run \`${commandLine('deploy')}\` again when that is done. \`${commandLine('preflight')}\` only checks; --skip-check ${first?.id} leaves a check out.`,
    undefined,
    points,
  )
}

/** What a check found, as a sentence before its advice. */
function ended(detail: string): string {
  return /[.!?]$/.test(detail) ? detail : `${detail}.`
}
