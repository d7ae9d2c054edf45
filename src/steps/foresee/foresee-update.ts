import {randomUUID} from 'node:crypto'
import type {ForeseenStack} from '../../aws/foresee.js'
import type {StackDescription} from '../../aws/stack-data.js'
import type {UpdateStack} from '../../aws/stacks.js'
import {childStacks} from '../../environment/stacks.js'
import type {ForeseenExport, ForeseenUpdate} from '../../foreseen.js'
import {parseTemplate, type Template} from '../../template/index.js'
import type {DeployContext} from '../deploy/context.js'
import {templateOf} from '../deploy/template-set.js'
import {pseudoParameters} from '../pseudo-parameters.js'
import type {StackTarget} from '../stacks/stack-targets.js'
import type {StepTools} from '../step.js'
import {changedExports} from './changed-exports.js'
import {otherAdministrator} from './other-administrator.js'
import {replacementsOf} from './replacements.js'
import {summaryOf} from './summary.js'

const nestedType = 'AWS::CloudFormation::Stack'

/** What an update of one stack, and of what is nested in it, would do. Nothing of the stack is changed. */
export async function foreseeUpdate(
  context: DeployContext,
  {stackTarget, stack, request}: {stackTarget: StackTarget; stack: StackDescription; request: UpdateStack},
  {signal}: Pick<StepTools, 'signal'>,
): Promise<ForeseenUpdate> {
  const {aws, clock} = context
  const none = {added: 0, modified: 0, removed: 0, replaced: [], data: [], interrupted: [], exports: []}
  if (await isUnchanged(context, {stackTarget, stack, request})) return none
  const name = `mcpgw-foresee-${randomUUID()}`
  const stacks = await aws.changeSets.foresee(request, {name, clock, signal})
  const removedWhole = stacks
    .flatMap(({changes}) => changes)
    .filter(({type, action, physicalId}) => type === nestedType && action === 'Remove' && physicalId !== '')
  const inside = await Promise.all(
    removedWhole.map(async ({physicalId}) => [physicalId, await aws.stacks.resources(physicalId)] as const),
  )
  const exports = await Promise.all(stacks.map(each => exportsInUse(context, stackTarget, each)))
  const summary = summaryOf(stacks, new Map(inside))
  const interrupted = [...summary.interrupted, ...(await otherAdministrator(context, stack, request))]
  return {...summary, interrupted, exports: exports.flat()}
}

/** Whether a stack has this template, these parameters and tags already: CloudFormation then does nothing. */
async function isUnchanged(
  {aws, settings}: DeployContext,
  {stackTarget, stack, request}: {stackTarget: StackTarget; stack: StackDescription; request: UpdateStack},
): Promise<boolean> {
  const given = Object.entries(request.parameters)
  // A value that is not shown may be another one.
  if (given.some(([name, value]) => stack.parameters[name] !== value)) return false
  if (Object.entries(request.tags ?? {}).some(([name, value]) => stack.tags[name] !== value)) return false
  const {text} = settings.templates.files.get(stackTarget.template) ?? {}
  return (await aws.stacks.template(stack.id)) === text
}

/** The exports that one stack's update would change, and who uses them. */
async function exportsInUse(
  context: DeployContext,
  stackTarget: StackTarget,
  {id, name: stackName, logicalId, parameters, changes}: ForeseenStack,
): Promise<readonly ForeseenExport[]> {
  const {aws} = context
  const after = newTemplate(context, stackTarget, logicalId)
  const stack = await aws.stacks.describe(id)
  // One that is new has exported nothing.
  if (after === undefined || stack === undefined || stack.status === 'REVIEW_IN_PROGRESS') return []
  const pseudo = pseudoParameters(context, {id, name: stackName})
  const before = {
    template: parseTemplate(await aws.stacks.template(id)),
    parameters: stack.parameters,
    pseudo,
  }
  const replacements = replacementsOf(changes)
  const changed = changedExports(
    before,
    {template: after, parameters: {...kept(stack, after), ...parameters}, pseudo},
    changedId => replacements.get(changedId) === 'yes',
  )
  const used = await Promise.all(
    changed.map(async name => ({name, stack: stackName, usedBy: await aws.stacks.importsOf(name)})),
  )
  return used.filter(({usedBy}) => usedBy.length > 0)
}

/** Values that a change set does not tell because they stay. */
function kept(stack: StackDescription, {parameters}: Template): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stack.parameters).filter(([name]) => Object.hasOwn(parameters, name)),
  )
}

/** Undefined for a nested stack that is none of an environment's. */
function newTemplate(
  {settings}: DeployContext,
  stackTarget: StackTarget,
  logicalId: string | undefined,
): Template | undefined {
  if (logicalId === undefined) return templateOf(settings.templates, stackTarget.template)
  const child = childStacks.find(each => each.logicalId === logicalId)
  return child && templateOf(settings.templates, child.template)
}
