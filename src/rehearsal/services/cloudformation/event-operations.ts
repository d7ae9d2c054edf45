import type {OperationEvent} from '@aws-sdk/client-cloudformation'
import type {Region} from '../../account/account.js'
import type {PastOperation, Stack, StackEvent, ValidationFinding} from '../../account/stack.js'
import type {World} from '../../account/world.js'
import {findChangeSet} from '../../engine/change-sets/find.js'
import {requireLiveStack, validation} from '../../engine/lookup.js'
import {seenEvents} from '../../engine/reads.js'
import {newestPage} from '../../resources/newest-page.js'
import type {Operations} from '../../wire/index.js'
import {describeEvent} from './describe.js'

/** Entries of one page. Source: CloudFormation API reference, DescribeEvents. */
const pageSize = 100

/** Events of a stack by operation, with what validation before a deployment found. */
export function eventOperations(world: World): Operations<'cloudformation'> {
  return {
    DescribeEvents(input, call) {
      const region = world.region(call.region)
      const {stack, operationId} = subject(region, input)
      const operations = new Map(stack.lastOperations.map(operation => [operation.id, operation]))
      const all = [
        ...stack.events.slice(0, seenEvents(world, stack)).map(event => progress(stack, event, operations)),
        ...stack.lastOperations.flatMap(operation => planning(stack, operation)),
        ...(stack.findings ?? []).map(finding => refusal(stack, finding, operations)),
      ]
        .filter(event => operationId === undefined || event.OperationId === operationId)
        .filter(event => !input.Filters?.FailedEvents || hasFailed(event))
        .sort((left, right) => Number(left.Timestamp) - Number(right.Timestamp))
      const {items, next} = newestPage(all, all.length, input.NextToken, pageSize)
      return {OperationEvents: items, NextToken: next}
    },
  }
}

/** Whose events are asked for. @throws AwsError ValidationError, ChangeSetNotFoundException. */
function subject(
  region: Region,
  input: {
    StackName?: string | undefined
    ChangeSetName?: string | undefined
    OperationId?: string | undefined
  },
): {stack: Stack; operationId?: string | undefined} {
  const {StackName, ChangeSetName, OperationId} = input
  if (ChangeSetName !== undefined) {
    const {stack, changeSet} = findChangeSet(region, ChangeSetName, StackName)
    return {stack, operationId: changeSet.operationId}
  }
  if (StackName !== undefined) return {stack: requireLiveStack(region, StackName), operationId: OperationId}
  const stack = Object.values(region.stacks).find(({lastOperations}) =>
    lastOperations.some(({id}) => id === OperationId),
  )
  if (OperationId === undefined) {
    throw validation('One of StackName, ChangeSetName or OperationId must be specified.')
  }
  if (!stack) throw validation(`Operation [${OperationId}] does not exist`)
  return {stack, operationId: OperationId}
}

function progress(
  stack: Stack,
  event: StackEvent,
  operations: ReadonlyMap<string, PastOperation>,
): OperationEvent {
  const operation = operations.get(event.operationId)
  const isOfStack = event.physicalId === stack.id
  const {StackName: _, ...told} = describeEvent(stack, event)
  return {
    ...told,
    OperationType: operation?.type,
    ...(isOfStack
      ? {EventType: 'STACK_EVENT', ...times(operation, event)}
      : {EventType: event.status.endsWith('_FAILED') ? 'PROVISIONING_ERROR' : 'PROGRESS_EVENT'}),
  }
}

function times(operation: PastOperation | undefined, {at}: StackEvent): Partial<OperationEvent> {
  if (!operation) return {}
  const {startedAt, endedAt, failed} = operation
  const isEnd = endedAt !== undefined && at >= endedAt && at !== startedAt
  return {
    OperationStatus: isEnd ? (failed ? 'FAILED' : 'SUCCEEDED') : 'IN_PROGRESS',
    StartTime: new Date(startedAt),
    EndTime: isEnd ? new Date(endedAt) : undefined,
  }
}

/** Work on a change set is no event of its stack, but that of the stack which comes into being for it. */
function planning(stack: Stack, operation: PastOperation): OperationEvent[] {
  const {id, type, startedAt, endedAt, failed} = operation
  if (type !== 'CREATE_CHANGESET') return []
  const told = (OperationStatus: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED', at: number): OperationEvent => ({
    EventId: `${id}-${OperationStatus}`,
    StackId: stack.id,
    OperationId: id,
    OperationType: type,
    OperationStatus,
    EventType: 'STACK_EVENT',
    LogicalResourceId: stack.name,
    PhysicalResourceId: stack.id,
    ResourceType: 'AWS::CloudFormation::Stack',
    Timestamp: new Date(at),
    StartTime: new Date(startedAt),
  })
  const isTold = stack.events.some(({operationId}) => operationId === id)
  const begin = isTold ? [] : [told('IN_PROGRESS', startedAt)]
  if (endedAt === undefined) return begin
  return [...begin, {...told(failed ? 'FAILED' : 'SUCCEEDED', endedAt), EndTime: new Date(endedAt)}]
}

function refusal(
  stack: Stack,
  finding: ValidationFinding,
  operations: ReadonlyMap<string, PastOperation>,
): OperationEvent {
  return {
    EventId: finding.id,
    StackId: stack.id,
    OperationId: finding.operationId,
    OperationType: operations.get(finding.operationId)?.type,
    OperationStatus: 'FAILED',
    EventType: 'VALIDATION_ERROR',
    LogicalResourceId: finding.logicalId,
    ResourceType: finding.type,
    Timestamp: new Date(finding.at),
    ValidationFailureMode: 'FAIL',
    ValidationName: finding.name,
    ValidationStatus: 'FAILED',
    ValidationStatusReason: finding.reason,
    ValidationPath: finding.path,
    DetailedStatus: 'VALIDATION_FAILED',
  }
}

function hasFailed({EventType, ResourceStatus, OperationStatus}: OperationEvent): boolean {
  if (EventType === 'STACK_EVENT')
    return OperationStatus === 'FAILED' || /_FAILED$/.test(ResourceStatus ?? '')
  return EventType === 'PROVISIONING_ERROR' || EventType === 'VALIDATION_ERROR'
}
