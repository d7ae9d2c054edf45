import {randomUUID} from 'node:crypto'
import type {FollowedStack} from '../../aws/followed-stack.js'
import type {StackDescription} from '../../aws/stack-data.js'
import {isDeployed, isUpdatable} from '../../aws/stack-status.js'
import {operationStartedAt} from '../../aws/stacks.js'
import {failed, McpgwError, refused} from '../../errors.js'
import type {Operation} from '../../results.js'
import {checkParameters} from '../../template/parameters.js'
import {known} from '../context.js'
import {decide} from '../stacks/decide.js'
import {follow, followStarted} from '../stacks/follow.js'
import {nestedStacks, troubleOf} from '../stacks/nested.js'
import {awaitDeletion, removeStack} from '../stacks/remove.js'
import {isOurs, notOurs} from '../stacks/standing.js'
import {isLastUnit, type StackUnit} from '../stacks/units.js'
import type {StepTools} from '../step.js'
import type {DeployContext} from './context.js'
import {tellResources} from './expected.js'
import {goneWords, settleNested} from './settle-nested.js'
import {templateOf} from './template-set.js'
import {type UnitParameters, unitParameters, unitTags} from './unit-parameters.js'
import {uploadWithout, withTemplates} from './upload-templates.js'

/** How one stack fared; `end` is missing when AWS had nothing to do. */
export interface UnitResult {
  unit: StackUnit
  operation: Operation
  ok: boolean
  end?: FollowedStack
  /** What `end` is the end of: an update that came after attaching is ours. */
  last: 'create' | 'update' | 'attach' | 'rollback'
}

/**
 * Brings one stack to what its template says, from whatever state it is in, and waits for the end. When somebody
 * else was quicker with this stack, looks and decides once more: it is their operation that is followed then. So it does
 * when a teardown has taken the templates away.
 */
export async function deployUnit(
  context: DeployContext,
  unit: StackUnit,
  tools: StepTools,
): Promise<UnitResult> {
  const work = () => withTemplates(context, tools, () => decideAndDo(context, unit, tools))
  try {
    return await work()
  } catch (error) {
    if (!wasOvertaken(error)) throw error
    const text = `Somebody else began to work on stack ${unit.stackName} at the same time: looking again`
    tools.tell({kind: 'note', text})
    return work()
  }
}

function wasOvertaken(error: unknown): boolean {
  return error instanceof McpgwError && (error.code === 'ALREADY_EXISTS' || error.code === 'STACK_BUSY')
}

async function decideAndDo(context: DeployContext, unit: StackUnit, tools: StepTools): Promise<UnitResult> {
  const {aws, settings} = context
  const stack = await aws.stacks.describe(unit.stackName)
  const decision = decide(stack, {
    onFailure: settings.onFailure,
    teardown: context.commandLine('teardown'),
    reach: context.aws,
  })
  if (stack === undefined) return create(context, unit, tools)
  // `inspect` has looked, but a stack that appeared since may be anybody's.
  if (!isOurs(stack, context.environment)) throw notOurs(stack.name, context.environment)
  switch (decision.action) {
    case 'update':
      return update(context, unit, stack, tools)
    case 'attach':
      return attach(context, unit, stack, tools)
    case 'continue-rollback':
      return continueRollback(context, unit, stack, tools)
    case 'refuse':
      throw changedMeanwhile(stack, decision)
    default:
      if (await clear(context, unit, stack, tools)) return create(context, unit, tools)
      return decideAndDo(context, unit, tools)
  }
}

async function create(context: DeployContext, unit: StackUnit, tools: StepTools): Promise<UnitResult> {
  const {aws, settings, record} = context
  const parameters = unitParameters(context, unit, undefined)
  refuseMissing(context, unit, parameters)
  const request = {
    name: unit.stackName,
    templateUrl: templateUrl(context, unit.template),
    parameters: parameters.values,
    tags: unitTags(context),
    onFailure: settings.onFailure,
    serviceRole: settings.serviceRole,
    token: `mcpgw-create-${randomUUID()}`,
  }
  const id = await record.during(tools.signal, () => aws.stacks.create(request))
  tellResources(context, unit, parameters.values, tools.tell)
  const operation = {id, label: unit.label, since: 0, ...manner(context, unit)}
  const end = await follow(context, operation, record, tools)
  return {unit, operation: 'create', last: 'create', ok: isDeployed(end.status), end}
}

/**
 * Updates a stack. A root gives up its rows of nested stacks that are gone first, by an update with a template that
 * lacks them, because CloudFormation makes no stack anew that a row stands for.
 */
async function update(
  context: DeployContext,
  unit: StackUnit,
  stack: StackDescription,
  tools: StepTools,
): Promise<UnitResult> {
  if (unit.label !== 'main') return updateTo(context, unit, stack, unit.template, tools)
  const gone = await settleNested(context, stack, tools)
  if (gone.length === 0) return updateTo(context, unit, stack, unit.template, tools)
  tools.tell({kind: 'note', text: goneWords(gone, stack.name)})
  const template = await uploadWithout(context, unit, gone)
  const without = await updateTo(context, unit, stack, template, tools)
  if (!without.ok) return without
  const now = (await context.aws.stacks.describe(stack.id)) ?? stack
  return updateTo(context, unit, now, unit.template, tools)
}

async function updateTo(
  context: DeployContext,
  unit: StackUnit,
  stack: StackDescription,
  template: string,
  tools: StepTools,
): Promise<UnitResult> {
  const {aws, settings, record} = context
  const {values, usePrevious} = unitParameters(context, unit, stack)
  const request = {
    name: stack.name,
    templateUrl: templateUrl(context, template),
    parameters: values,
    usePrevious,
    tags: unitTags(context),
    token: `mcpgw-update-${randomUUID()}`,
    serviceRole: settings.serviceRole,
    disableRollback: settings.onFailure === 'keep',
  }
  const started = await record.during(tools.signal, () => aws.stacks.update(request))
  if (started === 'no-changes') return {unit, operation: 'none', last: 'update', ok: true}
  const operation = {stack, label: unit.label, ...manner(context, unit)}
  const end = await followStarted(context, operation, record, tools)
  return {unit, operation: 'update', last: 'update', ok: isDeployed(end.status), end}
}

/**
 * Follows what runs, then does what it may not have done: it was started with the parameters, templates and images
 * of its own time, and this run may have been given others.
 */
async function attach(
  context: DeployContext,
  unit: StackUnit,
  stack: StackDescription,
  tools: StepTools,
): Promise<UnitResult> {
  // Now, not at the end: who follows the image build must know that another one may come.
  context.operations.set(unit.stackName, 'attached')
  tools.tell({kind: 'note', text: `Stack ${stack.name} is in ${stack.status}: following that operation`})
  if (stack.status === 'CREATE_IN_PROGRESS') tellResources(context, unit, stack.parameters, tools.tell)
  const {id} = stack
  const operation = {id, label: unit.label, since: operationStartedAt(stack), ...manner(context, unit)}
  const end = await follow(context, operation, context.record, tools)
  if (!isDeployed(end.status)) return {unit, operation: 'attached', last: 'attach', ok: false, end}
  const text = `Stack ${stack.name} is in ${end.status}: looking whether this run was given anything else`
  tools.tell({kind: 'note', text})
  const now = (await context.aws.stacks.describe(id)) ?? stack
  const updated = await update(context, unit, now, tools)
  return {...updated, operation: 'attached', end: updated.end ?? end}
}

/**
 * Nothing is skipped that is still there: what blocked the rollback may have passed, and only a person may decide to
 * leave it behind. A nested stack that somebody has deleted since can never go back.
 */
async function continueRollback(
  context: DeployContext,
  unit: StackUnit,
  stack: StackDescription,
  tools: StepTools,
): Promise<UnitResult> {
  const {aws, record} = context
  tools.tell({
    kind: 'note',
    text: `Stack ${stack.name} is stuck in the rollback of its last update: continuing that first`,
  })
  const skip = unit.label === 'main' ? await lostInRollback(context, stack) : []
  const token = `mcpgw-continue-${randomUUID()}`
  await record.during(tools.signal, () => aws.stacks.continueRollback(stack.id, {token, skip}))
  const operation = {stack, label: unit.label, ...manner(context, unit)}
  const end = await followStarted(context, operation, record, tools)
  if (!isUpdatable(end.status)) return {unit, operation: 'update', last: 'rollback', ok: false, end}
  const now = (await aws.stacks.describe(stack.id)) ?? stack
  return update(context, unit, now, tools)
}

/** Logical ids of nested stacks at which the rollback is stuck, and that are gone. */
async function lostInRollback({aws}: DeployContext, root: StackDescription): Promise<readonly string[]> {
  const nested = await nestedStacks(aws.stacks, root.id)
  return nested
    .filter(each => troubleOf(each) === 'missing' && each.rowStatus === 'UPDATE_FAILED')
    .map(({logicalId}) => logicalId)
}

/**
 * Removes a stack that can only be deleted, or waits for a deletion that somebody else began, and says so.
 * @returns whether the stack is gone; it is not when that deletion was called off, or when it needs none any more
 */
export async function clear(
  context: DeployContext,
  unit: StackUnit,
  stack: StackDescription,
  tools: StepTools,
): Promise<boolean> {
  const {settings, aws, record} = context
  const decision = decide(stack, {
    onFailure: settings.onFailure,
    teardown: context.commandLine('teardown'),
    reach: aws,
  })
  const removal = {stack, label: unit.label, goOn: goOn(context)}
  switch (decision.action) {
    case 'recreate':
      tools.tell({kind: 'note', text: `Deleting stack ${stack.name} first: ${decision.why}`})
      await removeStack(context, removal, record, tools)
      return true
    case 'await-deletion': {
      const text = `Stack ${stack.name} is being deleted: waiting for that, then creating it again`
      tools.tell({kind: 'note', text})
      return (await awaitDeletion(context, removal, record, tools)) === 'deleted'
    }
    default:
      return false
  }
}

/** How an operation on a unit is followed. */
function manner(context: DeployContext, unit: StackUnit): {goOn: string; isLast: boolean} {
  const {settings, environment} = context
  return {goOn: goOn(context), isLast: isLastUnit(unit, settings.layout, environment)}
}

/** The command that attaches to whatever this one started. */
function goOn(context: DeployContext): string {
  return context.commandLine('deploy')
}

function refuseMissing(context: DeployContext, unit: StackUnit, parameters: UnitParameters): void {
  const template = templateOf(context.settings.templates, unit.template)
  const missing = checkParameters(template, parameters.values).filter(({kind}) => kind === 'missing')
  if (missing.length === 0) return
  const names = missing.map(({parameter}) => parameter).join(', ')
  throw failed(
    'MISSING_PARAMETER',
    `${unit.template} needs a value for ${names} to create stack ${unit.stackName}.`,
    {hint: 'Give it with --set Key=Value or in the file of --parameters.'},
  )
}

/** The address from which CloudFormation itself reads the template. */
function templateUrl(context: DeployContext, name: string): string {
  const {bucket, prefix} = known(context.templateLocation, 'the template location')
  const {partition} = known(context.identity, 'the account')
  return `https://${bucket}.s3.${context.aws.region}.${urlSuffix(partition)}/${prefix}${name}`
}

function urlSuffix(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
}

function changedMeanwhile(stack: StackDescription, {why, command}: {why: string; command: string}) {
  return refused(
    'STACK_NEEDS_ATTENTION',
    `Stack ${stack.name} cannot be deployed: ${why}.`,
    `Run \`${command}\` first.`,
  )
}
