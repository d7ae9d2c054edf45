import {stackNameOf} from '../aws/arn.js'
import {isDeleted, operationOf} from '../aws/stack-status.js'
import type {ProgressSink} from '../progress.js'
import type {StackResult, WatchResult} from '../results.js'
import {identify} from '../steps/identify.js'
import type {ExistingStack} from '../steps/stacks/existing-stacks.js'
import {troubleOf} from '../steps/stacks/nested.js'
import {durationOf} from '../steps/stacks/record.js'
import {actionsFor} from '../steps/stacks/stack-actions.js'
import {nestedTrouble} from '../steps/verify/nested-trouble.js'
import type {WatchContext} from '../steps/watch/context.js'
import {findOperations, nestedOf, type Running, running} from '../steps/watch/find-operations.js'
import {followOperations} from '../steps/watch/follow-operations.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

/** Follows what runs on an environment, and changes nothing. */
export const watchWorkflow: Workflow<WatchContext> = {
  title: 'Watch',
  steps: [identify(), findOperations(), followOperations()],
}

/** Runs it. An operation that did not end well is thrown. */
export async function watch(
  context: WatchContext,
  options: {startedAt: number; tell: ProgressSink; signal: AbortSignal},
): Promise<WatchResult> {
  const {startedAt, tell, signal} = options
  await runWorkflow(watchWorkflow, context, {
    clock: context.clock,
    tell,
    signal,
    persistent: () => context.record.underway !== 'nothing',
  })
  const {identity, aws, environment, clock} = context
  const [first] = running(context)
  // What was followed has changed them.
  if (first !== undefined) context.nested = await nestedOf(context, await stillExisting(context))
  return {
    environment,
    account: identity?.account ?? '',
    region: aws.region,
    operation: first === undefined ? 'none' : operationOf(first.stack.status),
    stacks: first === undefined ? atRest(context) : followed(context),
    durationSeconds: Math.round((clock.now() - startedAt) / 100) / 10,
    apiCalls: aws.apiCalls(),
    next: afterwards(context, first),
  }
}

/** The stacks of the environment after what was followed. */
async function stillExisting({aws, existingStacks = []}: WatchContext): Promise<readonly ExistingStack[]> {
  const now = await Promise.all(
    existingStacks.map(async each => ({
      ...each,
      stack: (await aws.stacks.describe(each.stack.id)) ?? each.stack,
    })),
  )
  return now.filter(({stack}) => !isDeleted(stack.status))
}

function afterwards(context: WatchContext, followed: Running | undefined): string {
  const {commandLine, nested = []} = context
  const trouble = nestedTrouble(context, nested)
  if (trouble?.hint !== undefined) return trouble.hint
  const ends = context.record.stacks.filter(({parentId}) => parentId === undefined)
  const statuses =
    followed === undefined
      ? (context.existingStacks ?? []).map(({stack}) => stack.status)
      : ends.map(stack => stack.status)
  if (statuses.some(status => actionsFor(status).verify === 'failed'))
    return `Run \`${commandLine('diagnose')}\`, which tells why it failed and what to do.`
  if (!statuses.some(isDeleted)) return `Run \`${commandLine('verify')}\`.`
  return `Run \`${commandLine('teardown')}\`, which removes what belongs to no stack.`
}

function followed({record}: WatchContext): StackResult[] {
  return record.stacks.map(stack => ({
    name: stackNameOf(stack.id),
    logicalId: stack.logicalId,
    status: stack.status,
    durationSeconds: durationOf(stack),
  }))
}

/** The roots, and of the nested stacks those that are not what their root says. */
function atRest({existingStacks = [], nested = []}: WatchContext): StackResult[] {
  const roots = existingStacks.map(({stackTarget: {logicalId}, stack: {name, status}}) => ({
    name,
    logicalId,
    status,
  }))
  const troubled = nested.filter(one => troubleOf(one) !== undefined)
  return [...roots, ...troubled.map(({name, logicalId, status}) => ({name, logicalId, status}))].map(
    stack => ({
      ...stack,
      durationSeconds: 0,
    }),
  )
}
