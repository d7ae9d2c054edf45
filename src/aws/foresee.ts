import type {Change, CloudFormation, DescribeChangeSetOutput} from '@aws-sdk/client-cloudformation'
import type {Clock} from '../clock.js'
import {failed, messageOf} from '../errors.js'
import {stackNameOf} from './arn.js'
import {isMissingStack} from './errors.js'
import {allPages, unlessAbsent} from './pages.js'
import {parameterList, tagList} from './stack-from-sdk.js'
import type {UpdateStack} from './stacks.js'

/** A property that an update changes, and whether its resource is made anew by that. */
export interface ForeseenDetail {
  readonly recreates: 'Never' | 'Conditionally' | 'Always'
  /** Static: the value is known now; Dynamic: it depends on what another resource becomes. */
  readonly isDynamic: boolean
  /** What the other value comes from, by `Ref` or as `LogicalId.Attribute`; undefined for anything but a resource. */
  readonly resource?: string
}

/** What an update would do to one resource. */
export interface ForeseenChange {
  readonly action: string
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  /** Of a resource that is modified. */
  readonly replacement: 'True' | 'Conditional' | 'False'
  readonly details: readonly ForeseenDetail[]
}

/** What an update would do to one stack; a nested one stands beside its parent. */
export interface ForeseenStack {
  readonly id: string
  readonly name: string
  /** Of a nested stack, in its parent. */
  readonly logicalId?: string
  /** With which it would be left; NoEcho values are `****`. */
  readonly parameters: Readonly<Record<string, string>>
  readonly changes: readonly ForeseenChange[]
}

const pollMs = 3_000
/** CloudFormation works out five stacks in one or two minutes. Source: public logs of nested change sets. */
const patienceMs = 15 * 60_000

/**
 * What CloudFormation would make of an update, in its own words, nested stacks included: from a change set that is made,
 * read and deleted again. Empty when there is nothing to do.
 * Source: CloudFormation User Guide, "Change sets for nested stacks"; API reference, ResourceChange.
 * @throws McpgwError UPDATE_NOT_FORESEEN in CloudFormation's words
 */
export async function foresee(
  sdk: CloudFormation,
  {
    name: stackName,
    templateUrl,
    parameters,
    usePrevious,
    tags,
    serviceRole,
    express,
    disableRollback,
  }: UpdateStack,
  {name, clock, signal}: {readonly name: string; readonly clock: Clock; readonly signal: AbortSignal},
): Promise<readonly ForeseenStack[]> {
  const {Id: id = name} = await sdk.createChangeSet({
    StackName: stackName,
    ChangeSetName: name,
    ChangeSetType: 'UPDATE',
    ...(templateUrl === undefined ? {UsePreviousTemplate: true} : {TemplateURL: templateUrl}),
    Parameters: [
      ...parameterList(parameters),
      ...usePrevious.map(key => ({ParameterKey: key, UsePreviousValue: true})),
    ],
    Tags: tags && tagList(tags),
    RoleARN: serviceRole,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    IncludeNestedStacks: true,
    ...(express && {DeploymentConfig: {Mode: 'EXPRESS', DisableRollback: disableRollback}}),
  })
  try {
    const deadline = clock.now() + patienceMs
    for (;;) {
      const {Status, StatusReason = ''} = await sdk.describeChangeSet({
        ChangeSetName: id,
        StackName: stackName,
      })
      if (Status === 'CREATE_COMPLETE') return await readAll(sdk, id, undefined)
      if (Status === 'FAILED') {
        if (isUnchanged(StatusReason)) return []
        throw notForeseen(stackName, await deepestReason(sdk, StatusReason))
      }
      if (clock.now() >= deadline)
        throw notForeseen(stackName, 'the change set was not created within 15 minutes')
      await clock.sleep(pollMs, signal)
    }
  } finally {
    // What cannot be deleted now stands in nobody's way: an update makes it obsolete.
    await sdk.deleteChangeSet({ChangeSetName: id, StackName: stackName}).catch(() => undefined)
  }
}

async function readAll(
  sdk: CloudFormation,
  id: string,
  logicalId: string | undefined,
): Promise<readonly ForeseenStack[]> {
  let first: DescribeChangeSetOutput | undefined
  const changes = await allPages(async token => {
    const page = await sdk.describeChangeSet({ChangeSetName: id, NextToken: token})
    first ??= page
    return {items: page.Changes, token: page.NextToken}
  })
  const stackId = first?.StackId ?? ''
  const parameters = (first?.Parameters ?? []).flatMap(({ParameterKey: key, ParameterValue: value}) =>
    key === undefined || value === undefined ? [] : [[key, value] as const],
  )
  const nested = changes.flatMap(({ResourceChange: change}) =>
    change?.ChangeSetId === undefined || change.ChangeSetId === id
      ? []
      : [{id: change.ChangeSetId, logicalId: change.LogicalResourceId}],
  )
  const own: ForeseenStack = {
    id: stackId,
    name: first?.StackName ?? stackNameOf(stackId),
    ...(logicalId === undefined ? {} : {logicalId}),
    parameters: Object.fromEntries(parameters),
    changes: changes.flatMap(changeOf),
  }
  const below = await Promise.all(nested.map(each => readAll(sdk, each.id, each.logicalId)))
  return [own, ...below.flat()]
}

function changeOf({ResourceChange: change}: Change): readonly ForeseenChange[] {
  if (change === undefined) return []
  const {Action = '', LogicalResourceId = '', PhysicalResourceId = '', ResourceType = ''} = change
  const replacement = Action === 'Modify' ? (change.Replacement ?? 'False') : 'False'
  const details = (change.Details ?? []).map(({Target, Evaluation, ChangeSource, CausingEntity}) => ({
    recreates: Target?.RequiresRecreation ?? ('Never' as const),
    isDynamic: Evaluation === 'Dynamic',
    ...((ChangeSource === 'ResourceReference' || ChangeSource === 'ResourceAttribute') &&
    CausingEntity !== undefined
      ? {resource: CausingEntity}
      : {}),
  }))
  return [
    {
      ...{action: Action, logicalId: LogicalResourceId, physicalId: PhysicalResourceId, type: ResourceType},
      replacement,
      details,
    },
  ]
}

/** Source: CloudFormation's answers to change sets that would do nothing. */
function isUnchanged(reason: string): boolean {
  return /didn't contain changes|No updates are to be performed/.test(reason)
}

/** A parent says which of its nested change sets failed; why, only that one tells. */
async function deepestReason(sdk: CloudFormation, reason: string): Promise<string> {
  const nested = /arn:[^\s]+:changeSet\/[^\s]+/.exec(reason)?.[0]
  if (nested === undefined) return reason
  const answer = await unlessAbsent(
    () => sdk.describeChangeSet({ChangeSetName: nested}),
    error => isMissingStack(error) || /ChangeSetNotFound|does not exist/.test(messageOf(error)),
    undefined,
  )
  const {StatusReason = '', StackName = ''} = answer ?? {}
  return StatusReason === '' ? reason : `${StackName}: ${StatusReason}`
}

function notForeseen(stackName: string, reason: string) {
  return failed(
    'UPDATE_NOT_FORESEEN',
    `CloudFormation does not say what this update would do to stack ${stackName}: ${reason}. Nothing was changed.`,
    {hint: 'Correct what it names, then run the command again.', resource: stackName},
  )
}
