import type {ProgressSink} from '../progress.js'
import type {Remaining, TeardownResult} from '../results.js'
import {requireContext} from '../steps/context.js'
import {costOf} from '../steps/cost-of.js'
import {guardAccount} from '../steps/guard-account.js'
import {identify} from '../steps/identify.js'
import {prove} from '../steps/prove/prove.js'
import {durationOf} from '../steps/stacks/record.js'
import type {Step} from '../steps/step.js'
import {awaitGone} from '../steps/teardown/await-gone.js'
import {cleanLogGroups} from '../steps/teardown/clean-log-groups.js'
import {cleanTaskDefinitions} from '../steps/teardown/clean-task-definitions.js'
import {cleanTemplates} from '../steps/teardown/clean-templates.js'
import type {Left, TeardownContext} from '../steps/teardown/context.js'
import {deleteSnapshots} from '../steps/teardown/delete-snapshots.js'
import {deleteStacks} from '../steps/teardown/delete-stacks.js'
import {listExistingStacks} from '../steps/teardown/find-existing-stacks.js'
import {lookForForeign} from '../steps/teardown/find-foreign.js'
import {findLeftovers} from '../steps/teardown/find-leftovers.js'
import {forecast} from '../steps/teardown/forecast.js'
import {foreseeHeadStarts} from '../steps/teardown/head-start/foresee.js'
import {keepSnapshot} from '../steps/teardown/keep-snapshot.js'
import {sweepOrphans} from '../steps/teardown/orphans.js'
import {findProtected, liftProtections} from '../steps/teardown/protections.js'
import {refuseImported} from '../steps/teardown/refuse-imported.js'
import {removeLeftovers} from '../steps/teardown/remove-leftovers.js'
import {findStandaloneTasks, stopStandaloneTasks} from '../steps/teardown/standalone-tasks.js'
import {withRemaining} from '../steps/teardown/still-billed.js'
import {whatGoes} from '../steps/teardown/what-goes.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

/** What is looked at before anything of stacks that are known goes; what is in the way is refused. */
export function looksBeforeDeleting(): readonly Step<TeardownContext>[] {
  return [
    lookForForeign(),
    findLeftovers(),
    refuseImported(),
    forecast(),
    findProtected(),
    findStandaloneTasks(),
    foreseeHeadStarts(),
  ]
}

/** Finds what will go; the user is asked after it, and nothing is changed before. */
export const teardownSurvey: Workflow<TeardownContext> = {
  title: 'Look before tearing down',
  steps: [identify(), ...[guardAccount(), listExistingStacks(), ...looksBeforeDeleting()].map(unlessProving)],
}

/** A step that whoever only looks has no need of. */
function unlessProving(step: Step<TeardownContext>): Step<TeardownContext> {
  return {
    ...step,
    skip: context => (context.provesOnly ? 'only the proof was asked for' : step.skip?.(context)),
  }
}

/** Looks for what is there, and changes nothing. */
export const proofWorkflow: Workflow<TeardownContext> = {
  title: 'Prove that nothing remains',
  steps: [prove({waits: false})],
}

/** Removes it all. */
export const teardownWorkflow: Workflow<TeardownContext> = {
  title: 'Tear down',
  steps: [
    keepSnapshot(),
    liftProtections(),
    stopStandaloneTasks(),
    // What they use of the stacks holds these up; what uses them goes with the stacks.
    removeLeftovers('before'),
    deleteStacks(),
    awaitGone(),
    sweepOrphans(),
    removeLeftovers('after'),
    deleteSnapshots(),
    cleanTaskDefinitions(),
    cleanLogGroups(),
    cleanTemplates(),
    prove({waits: true}),
  ],
}

/** Removes what the survey found, or only proves what is there. */
export async function teardown(
  context: TeardownContext,
  options: {startedAt: number; tell: ProgressSink; signal: AbortSignal},
): Promise<TeardownResult> {
  const {startedAt, tell, signal} = options
  try {
    await runWorkflow(context.provesOnly ? proofWorkflow : teardownWorkflow, context, {
      clock: context.clock,
      tell,
      signal,
      persistent: () => context.record.underway !== 'nothing',
    })
  } catch (error) {
    throw context.provesOnly ? error : await withRemaining(context, error, signal)
  }
  const stacks = [...context.record.stacks].sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))
  return {
    environment: context.environment,
    removed: stacks.map(stack => ({
      stack: stack.name,
      status: stack.status,
      durationSeconds: durationOf(stack),
    })),
    cleaned: context.cleaned,
    remaining: context.remaining.map(priced),
    unknown: context.unknown,
    durationSeconds: Math.round((context.clock.now() - startedAt) / 100) / 10,
    elsewhere: context.elsewhere ?? null,
    proof: requireContext(context.proof, 'the proof'),
    forecast: null,
    next: isProved(context) ? null : afterwards(context),
  }
}

function priced({size, owner = null, ...left}: Left): Remaining {
  return {...left, owner, cost: costOf(left.kind, size)}
}

/** What the survey found, and nothing else: nothing was changed. */
export function foreseeTeardown(context: TeardownContext): TeardownResult {
  return {
    environment: context.environment,
    removed: [],
    cleaned: [],
    remaining: [],
    unknown: [],
    durationSeconds: 0,
    elsewhere: context.elsewhere ?? null,
    proof: null,
    forecast: whatGoes(context),
    next: context.existingStacks?.length === 0 ? null : `\`${context.commandLine('teardown')}\` does it.`,
  }
}

/** Nothing remains but what is to, and everything could be told: all else would be a guess. */
export function isProved({
  remaining,
  unknown,
}: {
  readonly remaining: readonly Left[]
  readonly unknown: readonly unknown[]
}): boolean {
  return unknown.length === 0 && remaining.every(({kept}) => kept)
}

/** The command that tells again is the one that was run: after `--prove` it removes nothing either. */
function afterwards({commandLine, provesOnly}: TeardownContext): string {
  const again = `${commandLine('teardown')}${provesOnly ? ' --prove' : ''}`
  return `Look at what is named above, and delete what is to go; \`${again}\` then tells again.`
}
