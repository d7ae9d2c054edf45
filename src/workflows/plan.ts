import type {Clock} from '../clock.js'
import {adminRanges} from '../environment/keycloak-admin.js'
import {silent} from '../progress.js'
import type {HiddenResult, PathResult, PlannedImagesResult, PlanResult} from '../results.js'
import {requireContext} from '../steps/context.js'
import {compareWays} from '../steps/plan/compare-ways.js'
import type {PlanContext} from '../steps/plan/context.js'
import {buildMode} from '../steps/plan/creation-seconds.js'
import {findCriticalPath} from '../steps/plan/find-critical-path.js'
import type {TimedLink} from '../steps/plan/links.js'
import {resolveStacks} from '../steps/plan/resolve-stacks.js'
import {staying} from '../steps/plan/staying.js'
import {slackOf, spanOf, type Timeline} from '../steps/plan/timeline.js'
import {imagesType} from '../timings/measured.js'
import {runWorkflow, type Workflow} from './run-workflow.js'

/** Says what deploy or teardown would do. Nothing is asked of AWS. */
export const planWorkflow: Workflow<PlanContext> = {
  title: 'Plan',
  steps: [resolveStacks(), findCriticalPath(), compareWays()],
}

/** What takes less is not worth a word beside a path of many minutes. */
const worthTellingSeconds = 60

/** Plans a deployment into an account in which nothing of the environment exists, or the teardown of a whole one. */
export async function plan(
  context: PlanContext,
  options: {clock: Clock; signal: AbortSignal},
): Promise<PlanResult> {
  await runWorkflow(planWorkflow, context, {...options, tell: silent})
  const timeline = requireContext(context.timeline, 'the timeline')
  const {environment, operation, region, settings} = context
  const stacks = requireContext(context.stacks, 'the stacks')
  return {
    environment,
    operation,
    region,
    layout: settings.layout,
    stacks: stacks.map(stack => {
      const {begin, end} = spanOf(timeline, stack)
      return {
        name: stack.name,
        logicalId: stack.logicalId,
        beginsAfterSeconds: begin,
        expectedSeconds: end - begin,
        resources: stack.resources.map(({logicalId, declaration: {type}}) => ({
          logicalId,
          type,
          action: operation,
        })),
      }
    }),
    expectedSeconds: timeline.seconds,
    criticalPath: timeline.path.map(pathResult),
    hidden: hiddenBeside(timeline),
    serialSeconds: requireContext(context.serialSeconds, 'the serial time'),
    stays: staying(stacks),
    images: imagesOf(context, timeline),
    keycloakAdmin: operation === 'create' ? adminRanges(settings.parameters) : [],
  }
}

function hiddenBeside(timeline: Timeline): HiddenResult[] {
  return timeline.links
    .filter(({resource, seconds}) => resource !== undefined && seconds >= worthTellingSeconds)
    .map(link => ({...pathResult(link), slackSeconds: slackOf(timeline, link)}))
    .filter(({slackSeconds}) => slackSeconds > 0)
    .sort((a, b) => b.seconds - a.seconds)
}

function imagesOf({otherImagesSeconds}: PlanContext, timeline: Timeline): PlannedImagesResult | null {
  const link = timeline.links.find(({type}) => type === imagesType)
  if (link?.resource === undefined || otherImagesSeconds === undefined) return null
  return {
    ...pathResult(link),
    slackSeconds: slackOf(timeline, link),
    mode: buildMode(link.resource),
    otherwiseSeconds: otherImagesSeconds,
  }
}

function pathResult({stack, logicalId, type, seconds}: TimedLink): PathResult {
  return {stack: stack.name, logicalId, type, seconds}
}
