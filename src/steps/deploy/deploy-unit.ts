import {randomUUID} from 'node:crypto'
import type {FollowedStack} from '../../aws/stack-events.js'
import {isDeployed} from '../../aws/stack-status.js'
import {operationStartedAt, type StackDescription} from '../../aws/stacks.js'
import {failed, refused} from '../../errors.js'
import type {Operation} from '../../results.js'
import {checkParameters} from '../../template/parameters.js'
import {known} from '../context.js'
import {type Decision, decide} from '../stacks/decide.js'
import {follow} from '../stacks/follow.js'
import {removeStack} from '../stacks/remove.js'
import type {StackUnit} from '../stacks/units.js'
import type {StepTools} from '../step.js'
import type {DeployContext} from './context.js'
import {expectedResources} from './expected.js'
import {templateOf} from './template-set.js'
import {type UnitParameters, unitParameters, unitTags} from './unit-parameters.js'

/** How one stack fared; `end` is missing when AWS had nothing to do. */
export interface UnitResult {
  unit: StackUnit
  operation: Operation
  ok: boolean
  end?: FollowedStack
}

/** Brings one stack to what its template says, from whatever state it is in, and waits for the end. */
export async function deployUnit(
  context: DeployContext,
  unit: StackUnit,
  tools: StepTools,
): Promise<UnitResult> {
  const {aws, settings} = context
  const stack = await aws.stacks.describe(unit.stackName)
  const decision = decide(stack, {onFailure: settings.onFailure, teardown: context.commandLine('teardown')})
  if (stack === undefined) return create(context, unit, tools)
  switch (decision.action) {
    case 'update':
      return update(context, unit, stack, tools)
    case 'attach':
      return attach(context, unit, stack, tools)
    case 'refuse':
      throw changedMeanwhile(stack, decision)
    default:
      await clear(context, unit, stack, decision, tools)
      return create(context, unit, tools)
  }
}

async function create(context: DeployContext, unit: StackUnit, tools: StepTools): Promise<UnitResult> {
  const {aws, settings} = context
  const parameters = unitParameters(context, unit, undefined)
  refuseMissing(context, unit, parameters)
  tellExpected(context, unit, parameters.values, tools)
  const id = await aws.stacks.create({
    name: unit.stackName,
    templateUrl: templateUrl(context, unit),
    parameters: parameters.values,
    tags: unitTags(context),
    onFailure: settings.onFailure,
    token: `mcpgw-create-${randomUUID()}`,
  })
  const end = await follow(context, {id, label: unit.label, since: 0}, context.record, tools)
  return {unit, operation: 'create', ok: isDeployed(end.status), end}
}

async function update(
  context: DeployContext,
  unit: StackUnit,
  stack: StackDescription,
  tools: StepTools,
): Promise<UnitResult> {
  const {aws, settings} = context
  const {values, usePrevious} = unitParameters(context, unit, stack)
  const started = await aws.stacks.update({
    name: stack.name,
    templateUrl: templateUrl(context, unit),
    parameters: values,
    usePrevious,
    tags: unitTags(context),
    token: `mcpgw-update-${randomUUID()}`,
    disableRollback: settings.onFailure === 'keep',
  })
  if (started === 'no-changes') return {unit, operation: 'none', ok: true}
  const now = (await aws.stacks.describe(stack.id)) ?? stack
  const operation = {id: stack.id, label: unit.label, since: operationStartedAt(now)}
  const end = await follow(context, operation, context.record, tools)
  return {unit, operation: 'update', ok: isDeployed(end.status), end}
}

async function attach(
  context: DeployContext,
  unit: StackUnit,
  stack: StackDescription,
  tools: StepTools,
): Promise<UnitResult> {
  tools.tell({kind: 'note', text: `Stack ${stack.name} is in ${stack.status}: following that operation`})
  if (stack.status === 'CREATE_IN_PROGRESS') tellExpected(context, unit, stack.parameters, tools)
  const operation = {id: stack.id, label: unit.label, since: operationStartedAt(stack)}
  const end = await follow(context, operation, context.record, tools)
  return {unit, operation: 'attached', ok: isDeployed(end.status), end}
}

async function clear(
  context: DeployContext,
  unit: StackUnit,
  stack: StackDescription,
  decision: Decision,
  tools: StepTools,
): Promise<void> {
  const text =
    decision.action === 'recreate'
      ? `Deleting stack ${stack.name} first: ${decision.why}`
      : `Stack ${stack.name} is being deleted: waiting for that, then creating it again`
  tools.tell({kind: 'note', text})
  await removeStack(context, {stack, label: unit.label}, context.record, tools)
}

function tellExpected(
  context: DeployContext,
  unit: StackUnit,
  parameters: Readonly<Record<string, string>>,
  {tell}: StepTools,
): void {
  const {account, partition} = known(context.identity, 'the account')
  const pseudo = {
    'AWS::AccountId': account,
    'AWS::Region': context.aws.region,
    'AWS::Partition': partition,
    'AWS::StackName': unit.stackName,
    'AWS::URLSuffix': urlSuffix(partition),
  }
  tell({
    kind: 'resources-expected',
    stacks: expectedResources(context.settings.templates, unit, parameters, pseudo),
  })
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
function templateUrl(context: DeployContext, unit: StackUnit): string {
  const {bucket, prefix} = known(context.templateLocation, 'the template location')
  const {partition} = known(context.identity, 'the account')
  return `https://${bucket}.s3.${context.aws.region}.${urlSuffix(partition)}/${prefix}${unit.template}`
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
