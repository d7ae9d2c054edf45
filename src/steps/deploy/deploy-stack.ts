import {randomUUID} from 'node:crypto'
import type {FollowedStack} from '../../aws/followed-stack.js'
import type {StackDescription} from '../../aws/stack-data.js'
import {isDeployed, isUpdatable} from '../../aws/stack-status.js'
import {operationStartedAt} from '../../aws/stacks.js'
import {failed, McpgwError, refused} from '../../errors.js'
import type {Operation} from '../../results.js'
import {checkParameters} from '../../template/parameters.js'
import {requireHarmless} from '../foresee/require-harmless.js'
import {decide} from '../stacks/decide.js'
import {isOurs, notOurs} from '../stacks/existing-stacks.js'
import {follow, followStarted} from '../stacks/follow.js'
import {nestedStacks, troubleOf} from '../stacks/nested.js'
import {awaitDeletion, removeStack} from '../stacks/remove.js'
import {isLastTarget, type StackTarget} from '../stacks/stack-targets.js'
import type {StepTools} from '../step.js'
import {awaitFreeNames, namespaceBelow} from './await-free-names.js'
import type {DeployContext} from './context.js'
import {tellResources} from './expected.js'
import {awaitExpressGone, isSafeInExpress} from './express-creation.js'
import {goneWords, settleNested} from './settle-nested.js'
import {type TargetParameters, targetParameters, targetTags} from './target-parameters.js'
import {templateOf} from './template-set.js'
import {templateUrl, updateRequest} from './update-request.js'
import {uploadWithout, withTemplates} from './upload-templates.js'

/** How one stack fared; `end` is missing when AWS had nothing to do. */
export interface TargetResult {
  stackTarget: StackTarget
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
export async function deployStack(
  context: DeployContext,
  stackTarget: StackTarget,
  tools: StepTools,
): Promise<TargetResult> {
  const work = () => withTemplates(context, tools, () => decideAndDo(context, stackTarget, tools))
  try {
    return await work()
  } catch (error) {
    if (!wasOvertaken(error)) throw error
    const text = `Someone else started an operation on stack ${stackTarget.stackName} at the same time: checking again`
    tools.tell({kind: 'note', text})
    return work()
  }
}

function wasOvertaken(error: unknown): boolean {
  return error instanceof McpgwError && (error.code === 'ALREADY_EXISTS' || error.code === 'STACK_BUSY')
}

async function decideAndDo(
  context: DeployContext,
  stackTarget: StackTarget,
  tools: StepTools,
): Promise<TargetResult> {
  const {aws, settings} = context
  const stack = await aws.stacks.describe(stackTarget.stackName)
  const decision = decide(stack, {
    onFailure: settings.onFailure,
    teardown: context.commandLine('teardown'),
    reach: context.aws,
  })
  if (stack === undefined) return create(context, stackTarget, tools)
  // `inspect` has looked, but a stack that appeared since may be anybody's.
  if (!isOurs(stack, context.environment)) throw notOurs(stack.name, context.environment)
  switch (decision.action) {
    case 'update':
      return update(context, stackTarget, stack, tools)
    case 'attach':
      return attach(context, stackTarget, stack, tools)
    case 'continue-rollback':
      return continueRollback(context, stackTarget, stack, tools)
    case 'refuse':
      throw changedMeanwhile(stack, decision)
    default:
      if (await clear(context, stackTarget, stack, tools)) return create(context, stackTarget, tools)
      return decideAndDo(context, stackTarget, tools)
  }
}

async function create(
  context: DeployContext,
  stackTarget: StackTarget,
  tools: StepTools,
): Promise<TargetResult> {
  const {aws, settings, record} = context
  const parameters = targetParameters(context, stackTarget, undefined)
  refuseMissing(context, stackTarget, parameters)
  const request = {
    name: stackTarget.stackName,
    templateUrl: templateUrl(context, stackTarget.template),
    parameters: parameters.values,
    tags: targetTags(context),
    onFailure: settings.onFailure,
    express: settings.express && isSafeInExpress(stackTarget, parameters.values),
    serviceRole: settings.serviceRole,
    token: `mcpgw-create-${randomUUID()}`,
  }
  const id = await record.during(tools.signal, () => aws.stacks.create(request))
  tellResources(context, stackTarget, parameters.values, tools.tell)
  const operation = {id, label: stackTarget.label, since: 0, ...followOptions(context, stackTarget)}
  const end = await follow(context, operation, record, tools)
  return {stackTarget, operation: 'create', last: 'create', ok: isDeployed(end.status), end}
}

/**
 * Updates a stack. A root gives up its resources of nested stacks that are gone first, by an update with a template that
 * lacks them, because CloudFormation makes no stack anew that a resource stands for.
 */
async function update(
  context: DeployContext,
  stackTarget: StackTarget,
  stack: StackDescription,
  tools: StepTools,
): Promise<TargetResult> {
  if (stackTarget.label !== 'main') return updateTo(context, stackTarget, stack, stackTarget.template, tools)
  const gone = await settleNested(context, stack, tools)
  if (gone.length === 0) return updateTo(context, stackTarget, stack, stackTarget.template, tools)
  tools.tell({kind: 'note', text: goneWords(gone, stack.name)})
  const template = await uploadWithout(context, stackTarget, gone)
  const without = await updateTo(context, stackTarget, stack, template, tools)
  if (!without.ok) return without
  if (gone.some(({key}) => key === 'services'))
    await awaitFreeNames(context, tools, () => namespaceBelow(context, stack.id))
  const now = (await context.aws.stacks.describe(stack.id)) ?? stack
  return updateTo(context, stackTarget, now, stackTarget.template, tools)
}

async function updateTo(
  context: DeployContext,
  stackTarget: StackTarget,
  stack: StackDescription,
  template: string,
  tools: StepTools,
): Promise<TargetResult> {
  const {aws, record} = context
  const request = updateRequest(context, stackTarget, stack, template)
  await requireHarmless(context, {stackTarget, stack, request}, tools)
  const started = await record.during(tools.signal, () => aws.stacks.update(request))
  if (started === 'no-changes') return {stackTarget, operation: 'none', last: 'update', ok: true}
  const operation = {stack, label: stackTarget.label, ...followOptions(context, stackTarget)}
  const end = await followStarted(context, operation, record, tools)
  return {stackTarget, operation: 'update', last: 'update', ok: isDeployed(end.status), end}
}

/**
 * Follows what runs, then does what it may not have done: it was started with the parameters, templates and images
 * of its own time, and this run may have been given others.
 */
async function attach(
  context: DeployContext,
  stackTarget: StackTarget,
  stack: StackDescription,
  tools: StepTools,
): Promise<TargetResult> {
  // Now, not at the end: who follows the image build must know that another one may come.
  context.operations.set(stackTarget.stackName, 'attached')
  tools.tell({kind: 'note', text: `Stack ${stack.name} is in ${stack.status}: following that operation`})
  if (stack.status === 'CREATE_IN_PROGRESS') tellResources(context, stackTarget, stack.parameters, tools.tell)
  const {id} = stack
  const operation = {
    id,
    label: stackTarget.label,
    since: operationStartedAt(stack),
    ...followOptions(context, stackTarget),
  }
  const end = await follow(context, operation, context.record, tools)
  if (!isDeployed(end.status)) return {stackTarget, operation: 'attached', last: 'attach', ok: false, end}
  const text = `Stack ${stack.name} is in ${end.status}: looking whether this run was given anything else`
  tools.tell({kind: 'note', text})
  const now = (await context.aws.stacks.describe(id)) ?? stack
  const updated = await update(context, stackTarget, now, tools)
  return {...updated, operation: 'attached', end: updated.end ?? end}
}

/**
 * Nothing is skipped that is still there: what blocked the rollback may have passed, and only a person may decide to
 * leave it behind. A nested stack that somebody has deleted since can never go back.
 */
async function continueRollback(
  context: DeployContext,
  stackTarget: StackTarget,
  stack: StackDescription,
  tools: StepTools,
): Promise<TargetResult> {
  const {aws, record} = context
  tools.tell({
    kind: 'note',
    text: `Stack ${stack.name} is stuck in the rollback of its last update: continuing that first`,
  })
  const skip = stackTarget.label === 'main' ? await lostInRollback(context, stack) : []
  const token = `mcpgw-continue-${randomUUID()}`
  await record.during(tools.signal, () => aws.stacks.continueRollback(stack.id, {token, skip}))
  const operation = {stack, label: stackTarget.label, ...followOptions(context, stackTarget)}
  const end = await followStarted(context, operation, record, tools)
  if (!isUpdatable(end.status)) return {stackTarget, operation: 'update', last: 'rollback', ok: false, end}
  const now = (await aws.stacks.describe(stack.id)) ?? stack
  return update(context, stackTarget, now, tools)
}

/** Logical ids of nested stacks at which the rollback is stuck, and that are gone. */
async function lostInRollback({aws}: DeployContext, root: StackDescription): Promise<readonly string[]> {
  const nested = await nestedStacks(aws.stacks, root.id)
  return nested
    .filter(each => troubleOf(each) === 'missing' && each.resourceStatus === 'UPDATE_FAILED')
    .map(({logicalId}) => logicalId)
}

/**
 * Removes a stack that can only be deleted, or waits for a deletion that somebody else began, and says so.
 * @returns whether the stack is gone; it is not when that deletion was called off, or when it needs none any more
 */
export async function clear(
  context: DeployContext,
  stackTarget: StackTarget,
  stack: StackDescription,
  tools: StepTools,
): Promise<boolean> {
  const {settings, aws, record} = context
  const decision = decide(stack, {
    onFailure: settings.onFailure,
    teardown: context.commandLine('teardown'),
    reach: aws,
  })
  const removal = {stack, label: stackTarget.label, resumeCommand: resumeCommand(context)}
  switch (decision.action) {
    case 'recreate':
      tools.tell({kind: 'note', text: `Deleting stack ${stack.name} first: ${decision.why}`})
      await removeStack(context, removal, record, tools)
      await awaitExpressGone(context, stack, tools)
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

/** How an operation on a stack target is followed. */
function followOptions(
  context: DeployContext,
  stackTarget: StackTarget,
): {resumeCommand: string; isLast: boolean} {
  const {settings, environment} = context
  return {
    resumeCommand: resumeCommand(context),
    isLast: isLastTarget(stackTarget, settings.layout, environment),
  }
}

/** The command that attaches to whatever this one started. */
function resumeCommand(context: DeployContext): string {
  return context.commandLine('deploy')
}

function refuseMissing(context: DeployContext, stackTarget: StackTarget, parameters: TargetParameters): void {
  const template = templateOf(context.settings.templates, stackTarget.template)
  const missing = checkParameters(template, parameters.values).filter(({kind}) => kind === 'missing')
  if (missing.length === 0) return
  const names = missing.map(({parameter}) => parameter).join(', ')
  throw failed(
    'MISSING_PARAMETER',
    `${stackTarget.template} needs a value for ${names} to create stack ${stackTarget.stackName}.`,
    {hint: 'Give it with --set Key=Value or in the file of --parameters.'},
  )
}

function changedMeanwhile(stack: StackDescription, {why, command}: {why: string; command: string}) {
  return refused(
    'STACK_NEEDS_ATTENTION',
    `Stack ${stack.name} cannot be deployed: ${why}.`,
    `Run \`${command}\` first.`,
  )
}
