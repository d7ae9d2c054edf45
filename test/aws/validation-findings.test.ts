import {describe, expect, it} from 'vitest'
import {awsAnswering, query, queryError, type WireCall} from './wire.js'

const stackId = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/demo/1111'
const checked = 'The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck].'

function events(reason: string) {
  return query(
    'DescribeStackEvents',
    `<StackEvents>
       <member><EventId>e2</EventId><StackId>${stackId}</StackId><StackName>demo</StackName>
         <LogicalResourceId>demo</LogicalResourceId><PhysicalResourceId>${stackId}</PhysicalResourceId>
         <ResourceType>AWS::CloudFormation::Stack</ResourceType><ResourceStatus>ROLLBACK_IN_PROGRESS</ResourceStatus>
         <ResourceStatusReason>${reason}</ResourceStatusReason><Timestamp>2026-01-01T00:00:05Z</Timestamp></member>
       <member><EventId>e1</EventId><StackId>${stackId}</StackId><StackName>demo</StackName>
         <LogicalResourceId>demo</LogicalResourceId><PhysicalResourceId>${stackId}</PhysicalResourceId>
         <ResourceType>AWS::CloudFormation::Stack</ResourceType><ResourceStatus>CREATE_IN_PROGRESS</ResourceStatus>
         <Timestamp>2026-01-01T00:00:00Z</Timestamp></member>
     </StackEvents>`,
  )
}

const found = (token: string | null) =>
  query(
    'DescribeEvents',
    token === null
      ? `<OperationEvents><member><EventId>o1</EventId><StackId>${stackId}</StackId><EventType>STACK_EVENT</EventType>
           <OperationStatus>FAILED</OperationStatus></member></OperationEvents><NextToken>more</NextToken>`
      : `<OperationEvents><member><EventId>v1</EventId><StackId>${stackId}</StackId><EventType>VALIDATION_ERROR</EventType>
           <LogicalResourceId>Logs</LogicalResourceId><ResourceType>AWS::Logs::LogGroup</ResourceType>
           <ValidationStatusReason>/ecs/demo already exists.</ValidationStatusReason></member></OperationEvents>`,
  )

const isFindings = ({operation}: WireCall) => operation === 'DescribeEvents'
const look = {seen: new Set<string>(), since: 0}

describe('what CloudFormation found before it began', () => {
  it('comes before the event that only says that something was found, at its time', async () => {
    const {aws, calls} = await awsAnswering(call =>
      isFindings(call) ? found(call.form.get('NextToken')) : events(checked),
    )
    const rows = await aws.stacks.newEvents(stackId, look)
    expect(rows.map(({eventId}) => eventId)).toEqual(['e1', 'v1', 'e2'])
    expect(rows[1]).toEqual({
      eventId: 'v1',
      stackId,
      stackName: 'demo',
      logicalId: 'Logs',
      physicalId: '',
      type: 'AWS::Logs::LogGroup',
      status: 'VALIDATION_FAILED',
      reason: '/ecs/demo already exists.',
      at: Date.UTC(2026, 0, 1, 0, 0, 5),
    })
    const [first] = calls.filter(isFindings)
    expect(Object.fromEntries(first?.form ?? [])).toMatchObject({
      StackName: stackId,
      'Filters.FailedEvents': 'true',
    })
  })

  it('is not asked for when nothing was', async () => {
    const {aws, calls} = await awsAnswering(() => events('No export named x found.'))
    expect(await aws.stacks.newEvents(stackId, look)).toHaveLength(2)
    expect(calls.filter(isFindings)).toEqual([])
  })

  it('is left out when it may not be asked for', async () => {
    const {aws} = await awsAnswering(call =>
      isFindings(call) ? queryError('AccessDenied', 'not authorized', 403) : events(checked),
    )
    const rows = await aws.stacks.newEvents(stackId, look)
    expect(rows.map(({eventId}) => eventId)).toEqual(['e1', 'e2'])
  })
})
