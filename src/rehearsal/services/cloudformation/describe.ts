import type {
  ResourceStatus,
  Stack as SdkStack,
  StackEvent as SdkStackEvent,
  StackResource as SdkStackResource,
  StackResourceSummary,
  StackStatus,
  StackSummary,
} from '@aws-sdk/client-cloudformation'
import type {DeploymentConfig} from '../../account/deployment-config.js'
import type {Stack, StackEvent, StackResource} from '../../account/stack.js'
import {eventId} from '../../engine/events.js'
import {templateOf} from '../../engine/parsed-template.js'

/** What CloudFormation shows instead of a NoEcho value. Source: recorded answers; the manual shows one more. */
const masked = '****'

/** A stack as DescribeStacks shows it; values of NoEcho parameters are masked. `stored` gives those of SSM parameters. */
export function describeStack(stack: Stack, stored?: (name: string) => string | undefined): SdkStack {
  return {
    ...common(stack),
    Description: stack.description,
    Parameters: describeParameters(stack.template, stack.parameters, stored),
    Outputs: stack.outputs.map(({key, value, description, exportName}) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    Tags: tagList(stack.tags),
    Capabilities: stack.capabilities as SdkStack['Capabilities'],
    DisableRollback: stack.disableRollback,
    EnableTerminationProtection: stack.status === 'DELETE_COMPLETE' ? undefined : stack.terminationProtection,
    ChangeSetId: stack.status === 'DELETE_COMPLETE' ? undefined : stack.changeSetId,
    TimeoutInMinutes: stack.timeoutMinutes,
    RetainExceptOnCreate: stack.retainExceptOnCreate,
    DeletionMode: stack.deletionMode,
    DeploymentConfig: describeDeployment(stack.deploymentConfig),
    DetailedStatus: stack.detailedStatus,
    RollbackConfiguration: {},
    NotificationARNs: stack.notificationArns,
    RoleARN: stack.roleArn,
    LastOperations: stack.lastOperations.slice(0, 2).map(({id, type}) => ({
      OperationId: id,
      OperationType: type,
    })),
  }
}

/** As the request had it. */
export function describeDeployment(config: DeploymentConfig | undefined) {
  return config && {Mode: config.mode, DisableRollback: config.disableRollback}
}

/** Values as readers may see them. */
export function describeParameters(
  template: string,
  parameters: Readonly<Record<string, string>>,
  stored: (name: string) => string | undefined = () => undefined,
) {
  const declared = templateOf(template).parameters
  return Object.entries(parameters).map(([ParameterKey, value]) => ({
    ParameterKey,
    ParameterValue: declared[ParameterKey]?.noEcho ? masked : value,
    ResolvedValue: declared[ParameterKey]?.type.startsWith('AWS::SSM::Parameter::Value<')
      ? stored(value)
      : undefined,
  }))
}

export function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({Key, Value}))
}

export function summarise(stack: Stack): StackSummary {
  return {...common(stack), TemplateDescription: stack.description}
}

/** Events never change, and are asked for again with every look at their stack. */
const described = new WeakMap<StackEvent, SdkStackEvent>()

export function describeEvent(stack: Stack, event: StackEvent): SdkStackEvent {
  const before = described.get(event)
  if (before !== undefined) return before
  const now: SdkStackEvent = Object.freeze({
    StackId: stack.id,
    StackName: stack.name,
    EventId: eventId(event),
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.at),
    ResourceStatus: event.status as ResourceStatus,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties,
    ClientRequestToken: event.clientRequestToken,
    OperationId: event.operationId,
    DetailedStatus: event.detailedStatus,
  })
  described.set(event, now)
  return now
}

export function describeResource(stack: Stack, stackResource: StackResource): SdkStackResource {
  return {
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: stackResource.logicalId,
    PhysicalResourceId: stackResource.physicalId || undefined,
    ResourceType: stackResource.type,
    Timestamp: new Date(stackResource.updatedAt),
    ResourceStatus: stackResource.status as ResourceStatus,
    ResourceStatusReason: stackResource.reason,
    DriftInformation: {StackResourceDriftStatus: 'NOT_CHECKED'},
  }
}

export function summariseResource(stackResource: StackResource): StackResourceSummary {
  return {
    LogicalResourceId: stackResource.logicalId,
    PhysicalResourceId: stackResource.physicalId || undefined,
    ResourceType: stackResource.type,
    LastUpdatedTimestamp: new Date(stackResource.updatedAt),
    ResourceStatus: stackResource.status as ResourceStatus,
    ResourceStatusReason: stackResource.reason,
    DriftInformation: {StackResourceDriftStatus: 'NOT_CHECKED'},
  }
}

function common(stack: Stack) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    StackStatus: stack.status as StackStatus,
    StackStatusReason: stack.statusReason,
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: stack.updatedAt === undefined ? undefined : new Date(stack.updatedAt),
    DeletionTime: stack.deletedAt === undefined ? undefined : new Date(stack.deletedAt),
    ParentId: stack.parentId,
    RootId: stack.rootId,
    DriftInformation: {StackDriftStatus: 'NOT_CHECKED' as const},
  }
}
