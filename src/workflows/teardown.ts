import type {ProgressSink} from '../progress.js'
import type {TeardownResult} from '../results.js'
import {guardAccount} from '../steps/guard-account.js'
import {identify} from '../steps/identify.js'
import {durationOf} from '../steps/stacks/record.js'
import {cleanLogGroups} from '../steps/teardown/clean-log-groups.js'
import {cleanTemplates} from '../steps/teardown/clean-templates.js'
import type {TeardownContext} from '../steps/teardown/context.js'
import {deleteStacks} from '../steps/teardown/delete-stacks.js'
import {listExistingStacks} from '../steps/teardown/find-existing-stacks.js'
import {forecast} from '../steps/teardown/forecast.js'
import {keepSnapshot} from '../steps/teardown/keep-snapshot.js'
import {verifyRemoved} from '../steps/teardown/verify-removed.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

/** Finds what will go; the user is asked after it, and nothing is changed before. */
export const teardownSurvey: Workflow<TeardownContext> = {
  title: 'Look before tearing down',
  steps: [identify(), guardAccount(), listExistingStacks(), forecast()],
}

/** Removes it all. */
export const teardownWorkflow: Workflow<TeardownContext> = {
  title: 'Tear down',
  steps: [keepSnapshot(), deleteStacks(), cleanLogGroups(), cleanTemplates(), verifyRemoved()],
}

/** Removes what the survey found. */
export async function teardown(
  context: TeardownContext,
  options: {startedAt: number; tell: ProgressSink; signal: AbortSignal},
): Promise<TeardownResult> {
  const {startedAt, tell, signal} = options
  await runWorkflow(teardownWorkflow, context, {
    clock: context.clock,
    tell,
    signal,
    persistent: () => context.record.underway !== 'nothing',
  })
  const stacks = [...context.record.stacks].sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))
  return {
    environment: context.environment,
    removed: stacks.map(stack => ({
      stack: stack.name,
      status: stack.status,
      durationSeconds: durationOf(stack),
    })),
    cleaned: context.cleaned,
    remaining: context.remaining,
    unknown: context.unknown,
    durationSeconds: Math.round((context.clock.now() - startedAt) / 100) / 10,
    next: isProved(context) ? null : afterwards(context),
  }
}

/** Nothing remains but what is to, and everything could be told: all else would be a guess. */
export function isProved({remaining, unknown}: Pick<TeardownResult, 'remaining' | 'unknown'>): boolean {
  return unknown.length === 0 && remaining.every(({kept}) => kept)
}

function afterwards({commandLine}: TeardownContext): string {
  return `Look at what is named above, and delete what is to go; \`${commandLine('teardown')}\` then tells again.`
}
