import {isDeployed} from '../../aws/stack-status.js'
import {childStacks} from '../../environment/stacks.js'
import type {ExpectedTime, ProgressSink} from '../../progress.js'
import type {PseudoParameters} from '../../template/evaluation.js'
import {known} from '../context.js'
import {isNested, type PlannedStack, plannedStacks} from '../plan/planned-stacks.js'
import {timelineOf} from '../plan/timeline.js'
import {type StackUnit, unitsOf} from '../stacks/units.js'
import type {DeployContext} from './context.js'
import {templateOf} from './template-set.js'
import {unitParameters} from './unit-parameters.js'

type Given = Readonly<Record<string, string>>

/**
 * Tells how many resources creating a unit will make. Only for progress: templates that cannot be resolved here are
 * counted as they are written, and CloudFormation says what is wrong with them.
 */
export function tellResources(
  context: DeployContext,
  unit: StackUnit,
  given: Given,
  tell: ProgressSink,
): void {
  const planned = planOf(context, unit, given)?.map(({label, resources}) => ({
    label,
    resources: resources.filter(resource => !isNested(resource)).length,
  }))
  const stacks = planned ?? asWritten(context, unit)
  // The root of nested stacks has nothing of its own to count.
  tell({
    kind: 'resources-expected',
    stacks: stacks.filter(({label, resources}) => label !== 'main' || resources > 0),
  })
}

/** Tells how long it typically takes to create what is not there yet; nothing where an update is under way. */
export function tellTimes(context: DeployContext, tell: ProgressSink): void {
  const {settings, environment, standing = []} = context
  const statusOf = (unit: StackUnit) =>
    standing.find(({stack}) => stack.name === unit.stackName)?.stack.status
  const statuses = standing.map(({stack}) => stack.status)
  if (statuses.some(status => status.startsWith('UPDATE') && !isDeployed(status))) return
  const missing = unitsOf(settings.layout, environment).filter(unit => !isDeployed(statusOf(unit) ?? ''))
  const stacks = missing.map(unit => planOf(context, unit, unitParameters(context, unit, undefined).values))
  if (stacks.length === 0) return
  const resources = timesOf(stacks)
  if (resources !== undefined) tell({kind: 'times-expected', resources})
}

/** Undefined when one of the stacks is not known, or the template has a circle: CloudFormation will say so. */
function timesOf(stacks: readonly (readonly PlannedStack[] | undefined)[]): ExpectedTime[] | undefined {
  if (stacks.includes(undefined)) return undefined
  try {
    const {links, toEnd} = timelineOf(stacks.flatMap(planned => planned ?? []))
    return links.flatMap(({key, stack: {label}, logicalId, seconds, resource}) =>
      resource === undefined ? [] : [{label, logicalId, seconds, secondsToEnd: toEnd.get(key) ?? 0}],
    )
  } catch {
    return undefined
  }
}

/** The stacks of a unit as they would be created; undefined for what only CloudFormation can judge. */
function planOf(context: DeployContext, unit: StackUnit, given: Given): readonly PlannedStack[] | undefined {
  // A stack that stands does not give its secrets away; whether there is one changes no resource.
  const shown = Object.entries(given).filter(([, value]) => value !== '****')
  try {
    return plannedStacks(
      context.settings.templates,
      unit,
      Object.fromEntries(shown),
      pseudoParameters(context),
    )
  } catch {
    return undefined
  }
}

function asWritten({settings}: DeployContext, unit: StackUnit): {label: string; resources: number}[] {
  const nested = unit.label === 'main' ? childStacks.map(({key, template}) => ({label: key, template})) : []
  return [{label: unit.label, template: unit.template}, ...nested].map(({label, template}) => ({
    label,
    resources: Object.values(templateOf(settings.templates, template).resources).filter(
      ({type}) => type !== 'AWS::CloudFormation::Stack',
    ).length,
  }))
}

export function pseudoParameters({aws, identity}: DeployContext): PseudoParameters {
  const {account, partition} = known(identity, 'the account')
  return {
    'AWS::AccountId': account,
    'AWS::Region': aws.region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  }
}
