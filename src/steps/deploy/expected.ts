import {isDeployed} from '../../aws/stack-status.js'
import {childStacks} from '../../environment/stacks.js'
import type {ExpectedTime, ProgressSink} from '../../progress.js'
import type {LearnedSeconds} from '../../timings/learned-seconds.js'
import {creationLinks} from '../plan/creation-links.js'
import {isNested, type PlannedStack, plannedStacks} from '../plan/planned-stacks.js'
import {expectedTimes, timelineOf} from '../plan/timeline.js'
import {pseudoParameters} from '../pseudo-parameters.js'
import {type StackTarget, targetsOfLayout} from '../stacks/stack-targets.js'
import type {DeployContext} from './context.js'
import {targetParameters} from './target-parameters.js'
import {templateOf} from './template-set.js'

type Given = Readonly<Record<string, string>>

/**
 * Tells how many resources creating a stack target will make. Only for progress: templates that cannot be resolved here are
 * counted as they are written, and CloudFormation says what is wrong with them.
 */
export function tellResources(
  context: DeployContext,
  stackTarget: StackTarget,
  given: Given,
  tell: ProgressSink,
): void {
  tell({kind: 'resources-expected', stacks: countsOf(context, stackTarget, given)})
}

/** Tells the same of every stack that is not there yet, so that the total does not grow each time one begins. */
export function tellAllResources(context: DeployContext, tell: ProgressSink): void {
  const stacks = missingTargets(context).flatMap(stackTarget =>
    countsOf(context, stackTarget, targetParameters(context, stackTarget, undefined).values),
  )
  if (stacks.length > 0) tell({kind: 'resources-expected', stacks})
}

function countsOf(
  context: DeployContext,
  stackTarget: StackTarget,
  given: Given,
): {label: string; resources: number}[] {
  const planned = planOf(context, stackTarget, given)?.map(({label, resources}) => ({
    label,
    resources: resources.filter(resource => !isNested(resource)).length,
  }))
  const stacks = planned ?? asWritten(context, stackTarget)
  // The root of nested stacks has nothing of its own to count.
  return stacks.filter(({label, resources}) => label !== 'main' || resources > 0)
}

/** Tells how long it typically takes to create what is not there yet; nothing where an update is under way. */
export function tellTimes(context: DeployContext, tell: ProgressSink): void {
  // In express mode a row says nothing of when its resource is ready.
  if (context.settings.express) return
  const {existingStacks = []} = context
  const statuses = existingStacks.map(({stack}) => stack.status)
  if (statuses.some(status => isUnderUpdate(status))) return
  const stacks = missingTargets(context).map(stackTarget =>
    planOf(context, stackTarget, targetParameters(context, stackTarget, undefined).values),
  )
  if (stacks.length === 0) return
  const resources = timesOf(stacks, context.learned?.(context.identity?.account))
  if (resources !== undefined) tell({kind: 'times-expected', operation: 'create', resources})
}

function isUnderUpdate(status: string): boolean {
  return status.startsWith('UPDATE') && !isDeployed(status)
}

/** Stack targets that are, or will be, created. */
function missingTargets({settings, environment, existingStacks = []}: DeployContext): readonly StackTarget[] {
  return targetsOfLayout(settings.layout, environment).filter(({stackName}) => {
    const status = existingStacks.find(({stack}) => stack.name === stackName)?.stack.status ?? ''
    return !isDeployed(status) && !isUnderUpdate(status)
  })
}

/** Undefined when one of the stacks is not known, or the template has a circle: CloudFormation will say so. */
function timesOf(
  stacks: readonly (readonly PlannedStack[] | undefined)[],
  learned: LearnedSeconds | undefined,
): ExpectedTime[] | undefined {
  if (stacks.includes(undefined)) return undefined
  try {
    return expectedTimes(
      timelineOf(
        creationLinks(
          stacks.flatMap(planned => planned ?? []),
          {learned},
        ),
      ),
    )
  } catch {
    return undefined
  }
}

/** The stacks of a stack target as they would be created; undefined for what only CloudFormation can judge. */
function planOf(
  context: DeployContext,
  stackTarget: StackTarget,
  given: Given,
): readonly PlannedStack[] | undefined {
  // An existing stack does not give its secrets away; whether there is one changes no resource.
  const shown = Object.entries(given).filter(([, value]) => value !== '****')
  try {
    return plannedStacks(
      context.settings.templates,
      stackTarget,
      Object.fromEntries(shown),
      pseudoParameters(context),
    )
  } catch {
    return undefined
  }
}

function asWritten(
  {settings}: DeployContext,
  stackTarget: StackTarget,
): {label: string; resources: number}[] {
  const nested =
    stackTarget.label === 'main' ? childStacks.map(({key, template}) => ({label: key, template})) : []
  return [{label: stackTarget.label, template: stackTarget.template}, ...nested].map(({label, template}) => ({
    label,
    resources: Object.values(templateOf(settings.templates, template).resources).filter(
      ({type}) => type !== 'AWS::CloudFormation::Stack',
    ).length,
  }))
}
