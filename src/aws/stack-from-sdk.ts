import type {StackEvent as SdkStackEvent, Stack, StackResourceSummary} from '@aws-sdk/client-cloudformation'
import type {StackDescription, StackEvent, StackResource} from './stack-data.js'

/** An event of DescribeStackEvents. */
export function eventOf(event: SdkStackEvent): StackEvent {
  return {
    eventId: event.EventId ?? '',
    stackId: event.StackId ?? '',
    stackName: event.StackName ?? '',
    logicalId: event.LogicalResourceId ?? '',
    physicalId: event.PhysicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason,
    at: event.Timestamp?.getTime() ?? 0,
  }
}

/** A resource of ListStackResources. */
export function resourceOf(resource: StackResourceSummary): StackResource {
  return {
    logicalId: resource.LogicalResourceId ?? '',
    physicalId: resource.PhysicalResourceId ?? '',
    type: resource.ResourceType ?? '',
    status: resource.ResourceStatus ?? '',
    reason: resource.ResourceStatusReason,
  }
}

/** A stack of DescribeStacks. */
export function descriptionOf(stack: Stack): StackDescription {
  return {
    id: stack.StackId ?? '',
    name: stack.StackName ?? '',
    status: stack.StackStatus ?? '',
    reason: stack.StackStatusReason,
    parameters: record(stack.Parameters, ({ParameterKey, ParameterValue}) => [ParameterKey, ParameterValue]),
    outputs: record(stack.Outputs, ({OutputKey, OutputValue}) => [OutputKey, OutputValue]),
    tags: record(stack.Tags, ({Key, Value}) => [Key, Value]),
    createdAt: stack.CreationTime?.getTime() ?? 0,
    updatedAt: stack.LastUpdatedTime?.getTime(),
    deletedAt: stack.DeletionTime?.getTime(),
    parentId: stack.ParentId,
    rootId: stack.RootId,
    terminationProtection: stack.EnableTerminationProtection ?? false,
    serviceRole: stack.RoleARN,
    isExpress: stack.DeploymentConfig?.Mode === 'EXPRESS' || undefined,
    isForced: stack.DeletionMode === 'FORCE_DELETE_STACK' || undefined,
  }
}

/** Parameters as CloudFormation takes them. */
export function parameterList(parameters: Readonly<Record<string, string>>) {
  return Object.entries(parameters).map(([key, value]) => ({ParameterKey: key, ParameterValue: value}))
}

/** Tags as CloudFormation takes them. */
export function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({Key, Value}))
}

function record<Item>(
  items: readonly Item[] | undefined,
  pair: (item: Item) => [string | undefined, string | undefined],
): Record<string, string> {
  return Object.fromEntries((items ?? []).map(pair).map(([key = '', value = '']) => [key, value]))
}
