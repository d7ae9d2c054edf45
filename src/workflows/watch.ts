import {stackNameOf} from '../aws/arn.js'
import {operationOf} from '../aws/stack-status.js'
import type {ProgressSink} from '../progress.js'
import type {StackResult, WatchResult} from '../results.js'
import {identify} from '../steps/identify.js'
import {durationOf} from '../steps/stacks/record.js'
import type {StandingStack} from '../steps/stacks/standing.js'
import {waysOnFrom} from '../steps/stacks/ways-on.js'
import type {WatchContext} from '../steps/watch/context.js'
import {findOperations, running} from '../steps/watch/find-operations.js'
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
  const {standing = [], identity, aws, environment, clock} = context
  const [first] = running(standing)
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

function afterwards(context: WatchContext, followed: StandingStack | undefined): string {
  const {commandLine} = context
  if (
    followed === undefined &&
    context.standing?.some(({stack}) => waysOnFrom(stack.status).verify === 'failed')
  )
    return `Run \`${commandLine('diagnose')}\`, which tells why it failed and what to do.`
  if (followed === undefined || operationOf(followed.stack.status) !== 'delete')
    return `Run \`${commandLine('verify')}\`.`
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

function atRest({standing = []}: WatchContext): StackResult[] {
  return standing.map(({unit, stack}) => ({
    name: stack.name,
    logicalId: unit.logicalId,
    status: stack.status,
    durationSeconds: 0,
  }))
}
