import {
  CloudFormation,
  waitUntilChangeSetCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {eventId} from '../../../../src/rehearsal/engine/events.js'
import {handlerTables} from '../../../../src/rehearsal/services/operations.js'
import {brokenLogGroup, engineWorld, logGroup} from '../../engine/engine-world.js'
import {type Served, served} from '../served.js'

const text = (...names: string[]) =>
  JSON.stringify({Resources: Object.fromEntries(names.map(name => [name, logGroup(name.toLowerCase())]))})

describe('CloudFormation over the wire', () => {
  let account: ReturnType<typeof engineWorld>
  let server: Served
  let client: CloudFormation

  beforeEach(async () => {
    account = engineWorld()
    server = await served(handlerTables(account.world))
    client = new CloudFormation(server.client)
  })
  afterEach(async () => {
    client.destroy()
    await server.close()
  })

  test('takes a change set from its creation to its execution, as `deploy` of the AWS CLI does', async () => {
    const {Id = '', StackId} = await client.createChangeSet({
      StackName: 'demo',
      ChangeSetName: 'plan',
      ChangeSetType: 'CREATE',
      TemplateBody: text('A'),
    })
    expect(await client.describeChangeSet({ChangeSetName: Id})).toMatchObject({
      Status: 'CREATE_PENDING',
      StackId,
    })
    account.pass(10)
    await waitUntilChangeSetCreateComplete({client, maxWaitTime: 60}, {ChangeSetName: Id, StackName: 'demo'})
    expect(await client.describeChangeSet({ChangeSetName: Id, IncludePropertyValues: true})).toMatchObject({
      ExecutionStatus: 'AVAILABLE',
      Changes: [
        {
          Type: 'Resource',
          ResourceChange: {Action: 'Add', LogicalResourceId: 'A', ResourceType: 'AWS::Logs::LogGroup'},
        },
      ],
    })
    expect((await client.getTemplate({ChangeSetName: Id})).TemplateBody).toBe(text('A'))
    await client.executeChangeSet({ChangeSetName: Id, ClientRequestToken: 'execute-1'})
    account.pass(60)
    const {Stacks = []} = await client.describeStacks({StackName: 'demo'})
    expect(Stacks).toMatchObject([{StackStatus: 'CREATE_COMPLETE', ChangeSetId: Id}])
    expect((await client.listChangeSets({StackName: 'demo'})).Summaries).toMatchObject([
      {ChangeSetId: Id, ExecutionStatus: 'EXECUTE_COMPLETE'},
    ])
    await client.deleteChangeSet({ChangeSetName: 'plan', StackName: 'demo'})
    await expect(client.describeChangeSet({ChangeSetName: 'plan', StackName: 'demo'})).rejects.toMatchObject({
      name: 'ChangeSetNotFoundException',
      message: 'ChangeSet [plan] does not exist',
      $metadata: {httpStatusCode: 404},
    })
    await expect(client.describeChangeSet({ChangeSetName: 'plan'})).rejects.toThrow(
      'StackName must be specified if ChangeSetName is not specified as an ARN.',
    )
  })

  test('lets no waiter take the end of the operation before for the end of this one', async () => {
    account.create('demo', JSON.parse(text('A')))
    account.pass(60)
    await client.updateStack({StackName: 'demo', TemplateBody: text('A', 'B')})
    const {Stacks = []} = await client.describeStacks({StackName: 'demo'})
    expect(Stacks[0]?.StackStatus).toBe('UPDATE_IN_PROGRESS')
    account.pass(60)
    await waitUntilStackUpdateComplete({client, maxWaitTime: 60}, {StackName: 'demo'})
  })

  test('shows what an operation did a moment after it was done', async () => {
    const stack = account.create('demo', JSON.parse(text('A')))
    for (let step = 0; step < 400 && stack.status !== 'CREATE_COMPLETE'; step += 1) account.pass(0.1)
    const seen = (await client.describeStackEvents({StackName: 'demo'})).StackEvents
    const late = (await client.describeStacks({StackName: 'demo'})).Stacks?.[0]
    expect(late?.StackStatus).toBe('CREATE_IN_PROGRESS')
    expect(seen?.length).toBeLessThan(stack.events.length)
    expect((await client.listStackResources({StackName: 'demo'})).StackResourceSummaries).toHaveLength(1)
    account.pass(2)
    expect((await client.describeStacks({StackName: 'demo'})).Stacks?.[0]?.StackStatus).toBe(
      'CREATE_COMPLETE',
    )
    expect((await client.describeStackEvents({StackName: 'demo'})).StackEvents).toHaveLength(
      stack.events.length,
    )
  })

  test('tells by operation what validation found', async () => {
    account.create('first', JSON.parse(text('A')))
    account.pass(60)
    const {OperationId} = await client.createStack({StackName: 'demo', TemplateBody: text('A')})
    account.pass(60)
    const {OperationEvents = []} = await client.describeEvents({OperationId, Filters: {FailedEvents: true}})
    expect(OperationEvents).toMatchObject([
      {
        EventType: 'VALIDATION_ERROR',
        OperationType: 'CREATE_STACK',
        LogicalResourceId: 'A',
        ValidationName: 'NAME_CONFLICT_VALIDATION',
        ValidationStatus: 'FAILED',
        ValidationFailureMode: 'FAIL',
        ValidationPath: '/Resources/A/Properties/LogGroupName',
      },
    ])
    const all = await client.describeEvents({StackName: 'demo'})
    expect(new Set(all.OperationEvents?.map(({OperationType}) => OperationType))).toEqual(
      new Set(['CREATE_STACK', 'ROLLBACK']),
    )
    await expect(client.describeEvents({})).rejects.toThrow('One of StackName, ChangeSetName or OperationId')
  })

  test('ends the operation of a change set with the work on it', async () => {
    account.create('first', JSON.parse(text('A')))
    account.pass(60)
    const statuses = async (ChangeSetName: string, StackName: string) => {
      const {OperationEvents = []} = await client.describeEvents({ChangeSetName, StackName})
      return OperationEvents.filter(({EventType}) => EventType === 'STACK_EVENT').map(
        ({OperationStatus, OperationType, EndTime}) => [
          OperationType,
          OperationStatus,
          EndTime !== undefined,
        ],
      )
    }
    const plan = {ChangeSetName: 'plan', ChangeSetType: 'CREATE', StackName: 'demo'} as const
    await client.createChangeSet({...plan, TemplateBody: text('B')})
    await client.createChangeSet({...plan, ChangeSetName: 'taken', TemplateBody: text('A')})
    await client.createChangeSet({ChangeSetName: 'update', StackName: 'first', TemplateBody: text('A', 'B')})
    const begun = ['CREATE_CHANGESET', 'IN_PROGRESS', false]
    expect(await statuses('plan', 'demo')).toEqual([begun])
    expect(await statuses('update', 'first')).toEqual([begun])
    account.pass(60)
    const done = ['CREATE_CHANGESET', 'SUCCEEDED', true]
    expect(await statuses('plan', 'demo')).toEqual([done, begun])
    expect(await statuses('taken', 'demo')).toEqual([['CREATE_CHANGESET', 'FAILED', true], begun])
    expect(await statuses('update', 'first')).toEqual([done, begun])
    expect((await client.describeStackEvents({StackName: 'demo'})).StackEvents).toHaveLength(1)
  })

  test('pages events from where a page ended, whatever is told meanwhile', async () => {
    const names = Array.from({length: 40}, (_, index) => `G${index}`)
    const stack = account.create('demo', JSON.parse(text(...names)))
    account.pass(120)
    const first = await client.describeStackEvents({StackName: 'demo'})
    expect(first.StackEvents).toHaveLength(100)
    await client.deleteStack({StackName: stack.id})
    account.pass(60)
    const second = await client.describeStackEvents({StackName: stack.id, NextToken: first.NextToken})
    const ids = [...(first.StackEvents ?? []), ...(second.StackEvents ?? [])].map(({EventId}) => EventId)
    expect(ids).toEqual(stack.events.slice(0, 122).map(eventId).reverse())
    for (const token of ['5', 'garbage', '']) {
      const asked = client.describeStackEvents({StackName: stack.id, NextToken: token})
      if (token !== '') await expect(asked).rejects.toThrow('Invalid NextToken')
      else await asked.catch(() => {})
    }
  })

  test('describes templates with what they need', async () => {
    const template = JSON.stringify({
      Parameters: {Size: {Type: 'String', AllowedValues: ['s', 'm'], Default: 's'}},
      Resources: {Role: {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {}, RoleName: 'r'}}},
    })
    const needs = {
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
    }
    expect(await client.getTemplateSummary({TemplateBody: template})).toMatchObject({
      ...needs,
      ResourceTypes: ['AWS::IAM::Role'],
      Parameters: [
        {ParameterKey: 'Size', ParameterType: 'String', ParameterConstraints: {AllowedValues: ['s', 'm']}},
      ],
    })
    expect(await client.validateTemplate({TemplateBody: template})).toMatchObject(needs)
  })

  test('cancels an update, continues a rollback and undoes a creation', async () => {
    const broken = JSON.stringify({
      Resources: {A: logGroup('a'), Broken: {...brokenLogGroup, DependsOn: 'A'}},
    })
    const slow = JSON.stringify({
      Resources: {A: logGroup('a'), Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}},
    })
    const stack = account.create('demo', JSON.parse(text('A')))
    account.pass(60)
    await expect(client.cancelUpdateStack({StackName: 'demo'})).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'CancelUpdateStack cannot be called from current stack status',
    })
    const {OperationId} = await client.updateStack({StackName: 'demo', TemplateBody: slow})
    account.pass(8)
    await client.cancelUpdateStack({StackName: 'demo'})
    account.pass(60)
    const {Stacks = []} = await client.describeStacks({StackName: 'demo'})
    expect(Stacks[0]?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
    // A rollback is an operation of its own.
    expect(Stacks[0]?.LastOperations?.map(({OperationType}) => OperationType)).toEqual([
      'ROLLBACK',
      'UPDATE_STACK',
    ])
    expect(Stacks[0]?.LastOperations?.[1]?.OperationId).toBe(OperationId)
    await expect(client.continueUpdateRollback({StackName: 'demo'})).rejects.toThrow(
      `Stack:${stack.id} is in UPDATE_ROLLBACK_COMPLETE state and can not continue its rollback.`,
    )
    await client.createStack({
      StackName: 'new',
      TemplateBody: broken,
      DisableRollback: true,
      DisableValidation: true,
    })
    account.pass(60)
    expect(await client.rollbackStack({StackName: 'new'})).toMatchObject({OperationId: expect.any(String)})
    account.pass(60)
    expect((await client.describeStacks({StackName: 'new'})).Stacks?.[0]?.StackStatus).toBe(
      'ROLLBACK_COMPLETE',
    )
    await expect(
      client.deleteStack({StackName: 'new', RetainResources: ['A'], DeletionMode: 'STANDARD'}),
    ).rejects.toThrow('specify which resources to retain only when the stack is in the DELETE_FAILED state.')
  })

  test('answers a request that comes again with the operation that it began', async () => {
    const create = {StackName: 'demo', TemplateBody: text('A'), ClientRequestToken: 'create-1'}
    const update = {StackName: 'demo', TemplateBody: text('A', 'B'), ClientRequestToken: 'update-1'}
    const created = await client.createStack(create)
    account.pass(60)
    const updated = await client.updateStack(update)
    account.pass(60)
    const later = await client.updateStack({StackName: 'demo', TemplateBody: text('A')})
    expect(new Set([created, updated, later].map(({OperationId}) => OperationId)).size).toBe(3)
    account.pass(60)
    expect((await client.createStack(create)).OperationId).toBe(created.OperationId)
    expect((await client.updateStack(update)).OperationId).toBe(updated.OperationId)
    const {Stacks: [stack] = []} = await client.describeStacks({StackName: 'demo'})
    expect(stack?.LastOperations?.[0]?.OperationId).toBe(later.OperationId)
  })

  test('answers a rollback that comes again with the same operation', async () => {
    const bad = JSON.stringify({Resources: {A: brokenLogGroup}})
    const failing = {StackName: 'demo', TemplateBody: bad, DisableRollback: true}
    await client.createStack({...failing, TemplateBody: text('A')})
    account.pass(60)
    await client.updateStack({...failing, ClientRequestToken: 'update-1'})
    account.pass(60)
    const rollback = {StackName: 'demo', ClientRequestToken: 'rollback-1'}
    const rolledBack = await client.rollbackStack(rollback)
    account.pass(60)
    await client.updateStack({StackName: 'demo', TemplateBody: text('A', 'B')})
    account.pass(60)
    expect((await client.rollbackStack(rollback)).OperationId).toBe(rolledBack.OperationId)
  })

  test('shows a nested stack protected as its root is', async () => {
    const TemplateURL = account.upload('child.json', JSON.parse(text('A')))
    const root = {Resources: {Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL}}}}
    const protection = async () => {
      const {Stacks = []} = await client.describeStacks({})
      return Stacks.map(({ParentId, EnableTerminationProtection}) => [
        ParentId === undefined ? 'root' : 'nested',
        EnableTerminationProtection,
      ])
    }
    await client.createStack({
      StackName: 'root',
      TemplateBody: JSON.stringify(root),
      EnableTerminationProtection: true,
    })
    account.pass(120)
    expect(await protection()).toEqual([
      ['root', true],
      ['nested', true],
    ])
    await client.updateTerminationProtection({StackName: 'root', EnableTerminationProtection: false})
    expect(await protection()).toEqual([
      ['root', false],
      ['nested', false],
    ])
    const [nested] = account.children(account.find('root'))
    await client.deleteStack({StackName: 'root'})
    account.pass(120)
    const {Stacks: [gone] = []} = await client.describeStacks({StackName: nested?.id})
    expect(gone).toMatchObject({StackStatus: 'DELETE_COMPLETE'})
    expect(gone?.EnableTerminationProtection).toBeUndefined()
  })

  test('refuses by name what it does not do', async () => {
    await expect(
      client.updateStack({StackName: 'demo', TemplateBody: text('A'), StackPolicyBody: '{}'}),
    ).rejects.toThrow('StackPolicyBody (stack policies)')
  })

  test('forgets a deleted stack after 90 days', async () => {
    const stack = account.create('demo', JSON.parse(text('A')))
    account.pass(60)
    account.remove('demo')
    account.pass(89 * 86_400)
    expect((await client.describeStacks({StackName: stack.id})).Stacks?.[0]?.StackStatus).toBe(
      'DELETE_COMPLETE',
    )
    account.pass(3 * 86_400)
    await expect(client.describeStacks({StackName: stack.id})).rejects.toThrow('does not exist')
  })
})
