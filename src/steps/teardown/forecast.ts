import type {StackDescription, StackResource} from '../../aws/stack-data.js'
import {isDeleted} from '../../aws/stack-status.js'
import {labelOf} from '../../environment/stacks.js'
import {McpgwError, messageOf} from '../../errors.js'
import {parseTemplate, TemplateError} from '../../template/index.js'
import {requireContext} from '../context.js'
import {deletionLinks} from '../plan/deletion-links.js'
import {contentOf, type PlannedStack} from '../plan/planned-stacks.js'
import {staying} from '../plan/staying.js'
import {timelineOf} from '../plan/timeline.js'
import {pseudoParameters} from '../pseudo-parameters.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import type {Step} from '../step.js'
import type {DeletionContext, DeletionForecast} from './context.js'
import {noteUnchecked} from './unchecked.js'

const nestedType = 'AWS::CloudFormation::Stack'

/**
 * Works out from the templates of the stacks themselves how long deleting them typically takes, and what decides that. A
 * template that may not be read, or that nobody here understands, leaves the teardown without a forecast and hinders
 * nothing.
 */
export function forecast(): Step<DeletionContext> {
  return {
    id: 'forecast',
    title: 'Forecast the deletion',
    skip: ({existingStacks}) => (existingStacks?.length === 0 ? 'no stack exists' : undefined),
    async run(context, {tell}) {
      context.forecast = await forecastUnlessUnknown(context, reason =>
        noteUnchecked(context, 'what the templates are to keep, and how long it takes', reason, {tell}),
      )
    },
  }
}

async function forecastUnlessUnknown(
  context: DeletionContext,
  onUnknown: (reason: string) => void,
): Promise<DeletionForecast | undefined> {
  try {
    const roots = requireContext(context.existingStacks, 'what exists')
    const stacks = (await Promise.all(roots.map(root => stacksOf(context, root, roots)))).flat()
    const learned = context.learned?.(context.identity?.account)
    return {timeline: timelineOf(deletionLinks(stacks, {learned})), stays: staying(stacks)}
  } catch (error) {
    const isUnknown =
      error instanceof TemplateError || (error instanceof McpgwError && error.code === 'ACCESS_DENIED')
    if (!isUnknown) throw error
    onUnknown(messageOf(error))
    return undefined
  }
}

/** A root and what is nested in it, as they stand, in the order of creation. */
async function stacksOf(
  context: DeletionContext,
  {stackTarget, stack}: ExistingStack,
  roots: readonly ExistingStack[],
): Promise<readonly PlannedStack[]> {
  const {label, logicalId, needs} = stackTarget
  const after = needs.filter(need => roots.some(other => other.stackTarget.label === need))
  const root = await standing(context, stack, {label, logicalId, parent: undefined, after})
  const nested = resourcesOf(context, label).filter(
    ({type, physicalId, status}) => type === nestedType && physicalId !== '' && !isDeleted(status),
  )
  const inside = await Promise.all(
    nested.map(async resource => {
      const child = await described(context, resource.physicalId)
      if (child === undefined || isDeleted(child.status)) return []
      const place = {
        label: labelOf(resource.logicalId),
        logicalId: resource.logicalId,
        parent: label,
        after: [],
      }
      return [await standing(context, child, place)]
    }),
  )
  return [root, ...inside.flat()]
}

/** By its id: as the survey has found it, where it could read all at once. */
async function described(
  {aws: {stacks}, standingStacks}: DeletionContext,
  id: string,
): Promise<StackDescription | undefined> {
  return standingStacks?.find(stack => stack.id === id) ?? stacks.describe(id)
}

async function standing(
  context: DeletionContext,
  {id, name, parameters}: StackDescription,
  place: Pick<PlannedStack, 'label' | 'logicalId' | 'parent' | 'after'>,
): Promise<PlannedStack> {
  const pseudo = pseudoParameters(context, {id, name})
  // What is not shown decides about no resource.
  const shown = Object.entries(parameters).filter(([, value]) => value !== '****')
  const template = parseTemplate(await context.aws.stacks.template(id))
  const {resources} = contentOf(template, Object.fromEntries(shown), pseudo)
  const present = new Set(
    resourcesOf(context, place.label)
      .filter(({status}) => !isDeleted(status))
      .map(({logicalId}) => logicalId),
  )
  return {
    ...place,
    name,
    resources: resources
      .filter(({logicalId}) => present.has(logicalId))
      .map(resource => ({...resource, needs: resource.needs.filter(need => present.has(need))})),
  }
}

function resourcesOf({inventory = []}: DeletionContext, label: string): readonly StackResource[] {
  return inventory.find(stack => stack.label === label)?.resources ?? []
}
