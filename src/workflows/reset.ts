import {afterwards, McpgwError} from '../errors.js'
import type {ProgressEvent} from '../progress.js'
import type {DeployResult, ResetResult, TeardownResult} from '../results.js'
import {requireContext} from '../steps/context.js'
import type {DeployContext} from '../steps/deploy/context.js'
import {inspect} from '../steps/deploy/inspect.js'
import {chooseTemplateBucket} from '../steps/deploy/template-bucket.js'
import type {TemplateSet} from '../steps/deploy/template-set.js'
import {foresee} from '../steps/foresee/foresee.js'
import {guardAccount} from '../steps/guard-account.js'
import {identify} from '../steps/identify.js'
import {stacks as stacksCheck} from '../steps/preflight/checks/stacks.js'
import {preflight} from '../steps/preflight/preflight.js'
import type {ResetContext} from '../steps/reset/context.js'
import {findWhatExists} from '../steps/reset/find-what-exists.js'
import {forget, keep} from '../steps/reset/keep.js'
import {recall} from '../steps/reset/recall.js'
import {settle} from '../steps/reset/settle.js'
import type {Step} from '../steps/step.js'
import type {TeardownContext} from '../steps/teardown/context.js'
import {deploy} from './deploy.js'
import {type RunOptions, runWorkflow, type Workflow} from './run-workflow.js'
import {foreseeTeardown, isProved, looksBeforeDeleting, teardown} from './teardown.js'

/** How a reset is run. */
interface Running {
  readonly startedAt: number
  readonly tell: RunOptions['tell']
  readonly signal: AbortSignal
}

/** Looks at both, what goes and what comes; the user is asked after it, and nothing is changed before. */
export function resetSurvey(templates: () => TemplateSet): Workflow<ResetContext> {
  return {
    title: 'Look before resetting',
    steps: [
      identify(),
      guardAccount(),
      findWhatExists(),
      recall(templates),
      settle(),
      ...looksBeforeDeleting().map(ofTeardown),
      whenUnderWay(inspect()),
      ofDeployment(preflight()),
      ofDeployment(chooseTemplateBucket()),
      whenUnderWay(foresee()),
    ],
  }
}

/** What is to be deployed once nothing remains: what was in the way of it is gone by then. */
const afterTeardown: Workflow<DeployContext> = {
  title: 'Look before deploying',
  steps: [inspect(), preflight(), chooseTemplateBucket()],
}

const keeping: Workflow<ResetContext> = {title: 'Keep', steps: [keep()]}

/**
 * Removes, proves, deploys; each part goes on from what AWS shows.
 * @param running.onProved told of the teardown when nothing remains, before anything is deployed
 */
export async function reset(
  context: ResetContext,
  running: Running & {onProved?(result: TeardownResult): Promise<void>},
): Promise<ResetResult> {
  const {clock, deploySeconds = 0} = context
  const {startedAt, tell, signal, onProved} = running
  await runWorkflow(keeping, context, {clock, tell, signal})
  const deployment = requireContext(context.deploy, 'what to deploy')
  if (context.phase === 'deploy')
    return ended(context, startedAt, await deploy(deployment, {...running, startedAt: clock.now()}))
  const removing = {
    startedAt,
    signal,
    tell: (event: ProgressEvent) => tell(withDeployment(event, deploySeconds)),
  }
  const torn = await teardown(requireContext(context.teardown, 'what goes'), removing)
  context.torn = torn
  if (isProved(torn)) await onProved?.(torn)
  else if (!context.allowRemaining) return ended(context, startedAt, null)
  return ended(context, startedAt, await deployAfterTeardown(context, {tell, signal}))
}

/** What the survey found, and nothing else: nothing was changed. */
export function foreseeReset(context: ResetContext): ResetResult {
  const isLeft = context.phase === 'teardown'
  if (isLeft) context.torn = {...foreseeTeardown(requireContext(context.teardown, 'what goes')), next: null}
  return {...ended(context, context.clock.now(), null), next: `\`${context.commandLine('reset')}\` does it.`}
}

async function deployAfterTeardown(
  context: ResetContext,
  {tell, signal}: Pick<Running, 'tell' | 'signal'>,
): Promise<DeployResult> {
  const {clock} = context
  const before = requireContext(context.deploy, 'what to deploy')
  // All that was found out before the old stacks went is to be found out anew.
  const {existingStacks: _, templateLocation: __, findings: ___, ...rest} = before
  const fresh: DeployContext = {...rest, settings: {...before.settings, replace: false}}
  context.deploy = fresh
  const startedAt = clock.now()
  try {
    await runWorkflow(afterTeardown, fresh, {clock, tell, signal})
    return await deploy(fresh, {startedAt, tell, signal})
  } catch (error) {
    throw error instanceof McpgwError ? afterwards(error, goneWords(context)) : error
  }
}

/** A refusal that comes when the old environment is gone has changed something all the same. */
function goneWords({environment}: ResetContext): string {
  return `${environment} was torn down, and is not deployed again.`
}

/** How long the whole takes: after the deletion comes the deployment. */
function withDeployment(event: ProgressEvent, seconds: number): ProgressEvent {
  return event.kind === 'times-expected' && event.operation === 'delete'
    ? {...event, afterwardsSeconds: seconds}
    : event
}

function ended(context: ResetContext, startedAt: number, deployed: DeployResult | null): ResetResult {
  const isWell = deployed !== null && deployed.verification?.healthy !== false
  if (isWell) forget(context)
  const {environment, clock, torn, deploySeconds} = context
  return {
    environment,
    kept: requireContext(context.told, 'what is kept'),
    teardown: torn ?? null,
    deploy: deployed,
    deploySeconds: deploySeconds === undefined ? null : Math.round(deploySeconds),
    durationSeconds: Math.round((clock.now() - startedAt) / 100) / 10,
    next: isWell ? null : next(context, deployed),
  }
}

function next({commandLine}: ResetContext, deployed: DeployResult | null): string {
  const again = commandLine('reset')
  if (deployed !== null) return `Repair what is named above; \`${again}\` then goes on.`
  return `Delete what is named above, and run \`${again}\`, which goes on. To deploy all the same: \`${again} --allow-remaining\`.`
}

function ofTeardown(step: Step<TeardownContext>): Step<ResetContext> {
  return {
    ...step,
    skip: ({teardown: context, phase}) =>
      phase === 'deploy' ? 'the old stacks are gone' : context && step.skip?.(context),
    run: ({teardown: context}, tools) => step.run(requireContext(context, 'what goes'), tools),
  }
}

/** Only where the new stacks stand already. */
function whenUnderWay(step: Step<DeployContext>): Step<ResetContext> {
  return {
    ...step,
    skip: ({phase, deploy: context}) =>
      phase === 'deploy' ? context && step.skip?.(context) : 'nothing is deployed yet',
    run: ({deploy: context}, tools) => step.run(requireContext(context, 'what to deploy'), tools),
  }
}

/**
 * What would fail is found before anything goes. Where no stack is left, what is in the way may be what the teardown has yet
 * to remove: that is judged after it.
 */
function ofDeployment(step: Step<DeployContext>): Step<ResetContext> {
  return {
    ...step,
    skip: ({phase, teardown: {existingStacks = []} = {}}) =>
      phase === 'teardown' && existingStacks.length === 0 ? 'looked at when nothing remains' : undefined,
    async run({phase, teardown: removing, deploy: context}, tools) {
      const own = requireContext(context, 'what to deploy')
      if (phase === 'deploy') return step.run(own, tools)
      const {existingStacks} = requireContext(removing, 'what goes')
      // That stacks exist is what the user is asked about.
      const skippedChecks = [...own.settings.skippedChecks, stacksCheck.id]
      await step.run(
        {...own, existingStacks, settings: {...own.settings, replace: true, skippedChecks}},
        tools,
      )
    },
  }
}
