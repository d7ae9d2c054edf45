import {describe, expect, it} from 'vitest'
import {operationStartedAt} from '../../src/aws/stacks.js'
import {awsAnswering, query, queryError} from './wire.js'

const stackId = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/demo/1111'

it('describes a stack', async () => {
  const {aws} = await awsAnswering(() =>
    query(
      'DescribeStacks',
      `<Stacks><member><StackId>${stackId}</StackId><StackName>demo</StackName>
       <StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00.500Z</CreationTime>
       <LastUpdatedTime>2026-01-02T00:00:00Z</LastUpdatedTime>
       <EnableTerminationProtection>true</EnableTerminationProtection>
       <Parameters><member><ParameterKey>Secret</ParameterKey><ParameterValue>****</ParameterValue></member></Parameters>
       <Outputs><member><OutputKey>Url</OutputKey><OutputValue>https://x</OutputValue></member></Outputs>
       <Tags><member><Key>mcpgw:environment</Key><Value>demo</Value></member></Tags></member></Stacks>`,
    ),
  )
  expect(await aws.stacks.describe('demo')).toEqual({
    id: stackId,
    name: 'demo',
    status: 'UPDATE_COMPLETE',
    parameters: {Secret: '****'},
    outputs: {Url: 'https://x'},
    tags: {'mcpgw:environment': 'demo'},
    createdAt: Date.UTC(2026, 0, 1, 0, 0, 0, 500),
    updatedAt: Date.UTC(2026, 0, 2),
    terminationProtection: true,
  })
})

describe('all stacks of the region', () => {
  const member = (name: string, rest = '') =>
    `<member><StackId>arn:${name}</StackId><StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>${rest}</member>`
  const page = `<Stacks>${member('demo')}${member('demo-DataStack-1', '<ParentId>arn:demo</ParentId>')}</Stacks>`

  it('are told by one call, nested ones too', async () => {
    const {aws, calls} = await awsAnswering(() => query('DescribeStacks', page))
    expect((await aws.stacks.atOnce())?.map(({name, parentId}) => [name, parentId])).toEqual([
      ['demo', undefined],
      ['demo-DataStack-1', 'arn:demo'],
    ])
    expect(calls.map(({form}) => form.get('StackName'))).toEqual([null])
  })

  it('are not told where they are too many for a page, or may not be asked for', async () => {
    const {aws, calls} = await awsAnswering((_call, index) =>
      index === 0
        ? query('DescribeStacks', `${page}<NextToken>more</NextToken>`)
        : queryError('AccessDenied', 'User is not authorized to perform: cloudformation:ListStacks'),
    )
    expect(await aws.stacks.atOnce()).toBeUndefined()
    expect(await aws.stacks.atOnce()).toBeUndefined()
    expect(calls).toHaveLength(2)
  })
})

it.each(['Stack with id demo does not exist', 'Stack [demo] does not exist'])(
  'takes "%s" for an absent stack',
  async message => {
    const {aws} = await awsAnswering(() => queryError('ValidationError', message))
    expect(await aws.stacks.describe('demo')).toBeUndefined()
    expect(await aws.stacks.resources('demo')).toEqual([])
    expect(await aws.stacks.newEvents('demo', {seen: new Set(), since: 0})).toEqual([])
    await expect(aws.stacks.delete('demo', {token: 'token-1'})).resolves.toBeUndefined()
  },
)

it('does not take a denied or malformed request for an absent stack', async () => {
  const {aws} = await awsAnswering((_call, index) =>
    index === 0
      ? queryError('AccessDenied', 'User: arn:aws:iam::1:user/me is not authorized', 403)
      : queryError('ValidationError', '1 validation error detected'),
  )
  await expect(aws.stacks.describe('demo')).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  await expect(aws.stacks.describe('-')).rejects.toMatchObject({code: 'REJECTED_BY_CLOUDFORMATION'})
})

it('creates with both capabilities, the token and the choice on failure', async () => {
  const {aws, calls} = await awsAnswering(() => query('CreateStack', `<StackId>${stackId}</StackId>`))
  const id = await aws.stacks.create({
    name: 'demo',
    templateUrl: 'https://bucket/main.yaml',
    parameters: {A: '1'},
    tags: {k: 'v'},
    onFailure: 'keep',
    token: 'mcpgw-1',
  })
  expect(id).toBe(stackId)
  expect(Object.fromEntries(calls[0]?.form ?? [])).toMatchObject({
    StackName: 'demo',
    TemplateURL: 'https://bucket/main.yaml',
    'Parameters.member.1.ParameterKey': 'A',
    'Parameters.member.1.ParameterValue': '1',
    'Tags.member.1.Key': 'k',
    'Capabilities.member.1': 'CAPABILITY_IAM',
    'Capabilities.member.2': 'CAPABILITY_NAMED_IAM',
    OnFailure: 'DO_NOTHING',
    ClientRequestToken: 'mcpgw-1',
  })
})

const change = {
  name: 'demo',
  templateUrl: 'https://bucket/main.yaml',
  parameters: {A: '1'},
  usePrevious: ['B'],
  tags: {},
  token: 'mcpgw-2',
}

it('updates and keeps the named parameters as they are', async () => {
  const {aws, calls} = await awsAnswering(() => query('UpdateStack', `<StackId>${stackId}</StackId>`))
  expect(await aws.stacks.update(change)).toBe('started')
  expect(Object.fromEntries(calls[0]?.form ?? [])).toMatchObject({
    'Parameters.member.2.ParameterKey': 'B',
    'Parameters.member.2.UsePreviousValue': 'true',
    DisableRollback: 'false',
  })
})

it('hands a service role over when one is given, and names none when none is', async () => {
  const {aws, calls} = await awsAnswering(({form}) =>
    query(`${form.get('Action')}`, `<StackId>${stackId}</StackId>`),
  )
  const serviceRole = 'arn:aws:iam::123456789012:role/cloudformation'
  const {usePrevious: _, ...creation} = change
  await aws.stacks.create({...creation, onFailure: 'rollback', serviceRole})
  await aws.stacks.update({...change, serviceRole})
  await aws.stacks.update(change)
  expect(calls.map(({form}) => form.get('RoleARN'))).toEqual([serviceRole, serviceRole, null])
})

it('stops an update, and continues a rollback, by the operations for that', async () => {
  const {aws, calls} = await awsAnswering(({form}) =>
    form.get('StackName') === 'busy'
      ? queryError('ValidationError', 'CancelUpdateStack cannot be called from current stack status')
      : query(`${form.get('Action')}`, ''),
  )
  await aws.stacks.cancelUpdate('demo', {token: 'mcpgw-3'})
  await aws.stacks.continueRollback('demo', {token: 'mcpgw-4'})
  expect(calls.map(({form}) => [form.get('Action'), form.get('ClientRequestToken')])).toEqual([
    ['CancelUpdateStack', 'mcpgw-3'],
    ['ContinueUpdateRollback', 'mcpgw-4'],
  ])
  await expect(aws.stacks.cancelUpdate('busy', {token: 'mcpgw-5'})).rejects.toMatchObject({
    code: 'STACK_BUSY',
  })
})

it('says in express mode what is to happen on a failure in its settings, and nowhere else', async () => {
  const {aws, calls} = await awsAnswering(({form}) => query(`${form.get('Action')}`, '<StackId>id</StackId>'))
  await aws.stacks.update({...change, express: true, disableRollback: true})
  await aws.stacks.delete('demo', {token: 'mcpgw-6', express: true})
  await aws.stacks.delete('demo', {token: 'mcpgw-7', retain: ['Vpc'], force: true})
  const [update, express, forced] = calls.map(({form}) => Object.fromEntries(form))
  expect(update).toMatchObject({
    'DeploymentConfig.Mode': 'EXPRESS',
    'DeploymentConfig.DisableRollback': 'true',
  })
  expect(Object.keys(update ?? {}).filter(key => /^(DisableRollback|OnFailure)$/.test(key))).toEqual([])
  expect(express).toMatchObject({'DeploymentConfig.Mode': 'EXPRESS', ClientRequestToken: 'mcpgw-6'})
  expect(forced).toMatchObject({'RetainResources.member.1': 'Vpc', DeletionMode: 'FORCE_DELETE_STACK'})
  expect(Object.keys(forced ?? {}).filter(key => key.startsWith('DeploymentConfig'))).toEqual([])
})

it('creates in express mode with a rollback unless the stack is to be kept, and never with OnFailure', async () => {
  const {aws, calls} = await awsAnswering(({form}) => query(`${form.get('Action')}`, '<StackId>id</StackId>'))
  const {usePrevious: _, ...creation} = change
  await aws.stacks.create({...creation, onFailure: 'rollback', express: true})
  await aws.stacks.create({...creation, onFailure: 'keep', express: true})
  const forms = calls.map(({form}) => Object.fromEntries(form))
  expect(forms.map(form => form['DeploymentConfig.Mode'])).toEqual(['EXPRESS', 'EXPRESS'])
  expect(forms.map(form => form['DeploymentConfig.DisableRollback'])).toEqual(['false', 'true'])
  expect(forms.flatMap(Object.keys).filter(key => /^(DisableRollback|OnFailure)$/.test(key))).toEqual([])
})

it('leaves template and tags as they are when an update names none', async () => {
  const {aws, calls} = await awsAnswering(() => query('UpdateStack', '<StackId>id</StackId>'))
  const {templateUrl: _, tags: __, ...rest} = change
  expect(await aws.stacks.update(rest)).toBe('started')
  const names = [...(calls[0]?.form.keys() ?? [])]
  expect(calls[0]?.form.get('UsePreviousTemplate')).toBe('true')
  expect(names.filter(name => /^(TemplateURL|Tags)/.test(name))).toEqual([])
})

it('tells an update without changes apart from a refused one', async () => {
  const {aws} = await awsAnswering((_call, index) =>
    index === 0
      ? queryError('ValidationError', 'No updates are to be performed.')
      : queryError(
          'ValidationError',
          `Stack:${stackId} is in UPDATE_IN_PROGRESS state and can not be updated.`,
        ),
  )
  expect(await aws.stacks.update(change)).toBe('no-changes')
  await expect(aws.stacks.update(change)).rejects.toMatchObject({code: 'STACK_BUSY', exitCode: 1})
})

it('reads all pages of resources', async () => {
  const row = (id: string) =>
    `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>T</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>`
  const {aws, calls} = await awsAnswering(({form}) =>
    query(
      'ListStackResources',
      form.get('NextToken') === 'more'
        ? `<StackResourceSummaries>${row('B')}</StackResourceSummaries>`
        : `<StackResourceSummaries>${row('A')}</StackResourceSummaries><NextToken>more</NextToken>`,
    ),
  )
  expect(await aws.stacks.resources('demo')).toEqual([
    {logicalId: 'A', physicalId: '', type: 'T', status: 'CREATE_COMPLETE'},
    {logicalId: 'B', physicalId: '', type: 'T', status: 'CREATE_COMPLETE'},
  ])
  expect(calls).toHaveLength(2)
})

/** Events e6 … e1, newest first, two a page, one a second. */
function eventPages() {
  return awsAnswering(({form}) => {
    const newest = Number(form.get('NextToken') ?? 6)
    const rows = [newest, newest - 1].map(
      number =>
        `<member><EventId>e${number}</EventId><StackId>${stackId}</StackId><StackName>demo</StackName><LogicalResourceId>R${number}</LogicalResourceId><PhysicalResourceId/><ResourceType>T</ResourceType><ResourceStatus>CREATE_IN_PROGRESS</ResourceStatus><Timestamp>1970-01-01T00:00:0${number}Z</Timestamp></member>`,
    )
    const token = newest > 2 ? `<NextToken>${newest - 2}</NextToken>` : ''
    return query('DescribeStackEvents', `<StackEvents>${rows.join('')}</StackEvents>${token}`)
  })
}

it('reads events oldest first to the beginning', async () => {
  const {aws, calls} = await eventPages()
  const events = await aws.stacks.newEvents(stackId, {seen: new Set(), since: 0})
  expect(events.map(({eventId, at}) => [eventId, at])).toEqual(
    [1, 2, 3, 4, 5, 6].map(number => [`e${number}`, number * 1000]),
  )
  expect(calls).toHaveLength(3)
})

it('stops reading at the page that holds a seen event, and gives late ones below it', async () => {
  const {aws, calls} = await eventPages()
  const events = await aws.stacks.newEvents(stackId, {seen: new Set(['e4', 'e2', 'e1']), since: 0})
  expect(events.map(({eventId}) => eventId)).toEqual(['e3', 'e5', 'e6'])
  expect(calls).toHaveLength(2)
})

it('stops reading at the page that holds an older event', async () => {
  const {aws, calls} = await eventPages()
  const events = await aws.stacks.newEvents(stackId, {seen: new Set(), since: 4000})
  expect(events.map(({eventId}) => eventId)).toEqual(['e4', 'e5', 'e6'])
  expect(calls).toHaveLength(2)
})

it('knows when the operation of a status began', () => {
  const stack = {
    id: '',
    name: '',
    parameters: {},
    outputs: {},
    tags: {},
    createdAt: 1,
    updatedAt: 2,
    deletedAt: 3,
    terminationProtection: false,
  }
  const began = (status: string) => operationStartedAt({...stack, status})
  expect(began('CREATE_IN_PROGRESS')).toBe(1)
  expect(began('ROLLBACK_IN_PROGRESS')).toBe(1)
  expect(began('UPDATE_ROLLBACK_IN_PROGRESS')).toBe(2)
  expect(began('DELETE_FAILED')).toBe(3)
})
