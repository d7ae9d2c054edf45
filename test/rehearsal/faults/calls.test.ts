import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation'
import {BatchGetBuildsCommand, CodeBuildClient} from '@aws-sdk/client-codebuild'
import {DescribeVpcsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {ECSClient, ListClustersCommand} from '@aws-sdk/client-ecs'
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {ListBucketsCommand, S3Client} from '@aws-sdk/client-s3'
import {afterEach, describe, expect, test} from 'vitest'
import {catalogue} from '../../../src/rehearsal/faults/catalogue.js'
import {endAll, failureOf, faulty, givesUpSoon} from './faulty.js'

afterEach(endAll)

const template = JSON.stringify({
  Resources: {Logs: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: 'demo'}}},
})

describe('the examples of faults that apply to calls', () => {
  test('throttle: three calls in ten, other operations not at all', async () => {
    const {client} = await faulty([catalogue.throttle.example])
    const cloudformation = new CloudFormationClient(client)
    let refused = 0
    for (let call = 0; call < 200; call += 1) {
      const answer = cloudformation.send(new DescribeStacksCommand({}))
      refused += await answer.then(
        () => 0,
        ({name}) => Number(name === 'Throttling'),
      )
    }
    // 60 expected; four standard deviations either way. The seed decides, so this cannot flicker.
    expect(refused).toBeGreaterThan(33)
    expect(refused).toBeLessThan(87)
    await cloudformation.send(new CreateStackCommand({StackName: 'demo', TemplateBody: template}))
  })

  test('server-error: from minute 10 for two minutes', async () => {
    const account = await faulty([catalogue['server-error'].example])
    const ecs = new ECSClient(account.client)
    const list = () => ecs.send(new ListClustersCommand({}))
    await list()
    await account.minute(10)
    expect(await failureOf(list())).toEqual({name: 'ServiceUnavailableException', status: 503})
    await account.minute(11.99)
    expect(await failureOf(list())).toMatchObject({status: 503})
    await account.minute(12)
    await list()
  })

  test('deny: one operation', async () => {
    const {client} = await faulty([catalogue.deny.example])
    const builds = new CodeBuildClient(client).send(new BatchGetBuildsCommand({ids: ['a:1']}))
    expect(await failureOf(builds)).toEqual({name: 'AccessDeniedException', status: 400})
    await new ECSClient(client).send(new ListClustersCommand({}))
  })

  test('expire-credentials: at minute 12, in the words of each protocol', async () => {
    const account = await faulty([catalogue['expire-credentials'].example])
    const {client} = account
    const calls = () => [
      new CloudFormationClient(client).send(new DescribeStacksCommand({})),
      new ECSClient(client).send(new ListClustersCommand({})),
      new EC2Client(client).send(new DescribeVpcsCommand({})),
      new S3Client(client).send(new ListBucketsCommand({})),
    ]
    await Promise.all(calls())
    await account.minute(12)
    expect(await Promise.all(calls().map(failureOf))).toEqual([
      {name: 'ExpiredToken', status: 403},
      {name: 'ExpiredTokenException', status: 400},
      {name: 'RequestExpired', status: 400},
      {name: 'ExpiredToken', status: 400},
    ])
  })

  test('refuse: three times from minute 5, whatever is asked', async () => {
    const account = await faulty([catalogue.refuse.example])
    const ecs = new ECSClient(account.client)
    const list = () => ecs.send(new ListClustersCommand({}))
    await list()
    await account.minute(5)
    for (let time = 0; time < 3; time += 1)
      expect(await failureOf(list())).toMatchObject({code: 'ECONNRESET'})
    await list()
  })

  test('reset: half of the answer, then nothing more', async () => {
    const account = await faulty([catalogue.reset.example.replace('20%', '100%')])
    const cloudformation = new CloudFormationClient(account.client)
    await cloudformation.send(new CreateStackCommand({StackName: 'demo', TemplateBody: template}))
    const events = () => cloudformation.send(new DescribeStackEventsCommand({StackName: 'demo'}))
    expect(await failureOf(events())).toMatchObject({code: 'ECONNRESET'})
    await account.control('DELETE', '/_mcpgw/faults')
    expect((await events()).StackEvents?.length).toBeGreaterThan(0)
  })

  test('hang: one call is never answered', async () => {
    const {client} = await faulty([catalogue.hang.example])
    const health = (config: object) =>
      new ElasticLoadBalancingV2Client(config).send(
        new DescribeTargetHealthCommand({TargetGroupArn: 'arn:aws:none'}),
      )
    expect(await failureOf(health({...client, ...givesUpSoon}))).toMatchObject({name: 'TimeoutError'})
    expect(await failureOf(health(client))).toMatchObject({status: 400})
  })

  test('lose-answer: the stack is created all the same', async () => {
    const {client} = await faulty([catalogue['lose-answer'].example])
    const create = new CreateStackCommand({StackName: 'demo', TemplateBody: template})
    const creation = new CloudFormationClient({...client, ...givesUpSoon}).send(create)
    expect(await failureOf(creation)).toMatchObject({name: 'TimeoutError'})
    const {Stacks} = await new CloudFormationClient(client).send(
      new DescribeStacksCommand({StackName: 'demo'}),
    )
    expect(Stacks?.[0]?.StackStatus).toBe('CREATE_IN_PROGRESS')
  })

  test('latency: every call takes as long as the least that was said', async () => {
    const {client} = await faulty([catalogue.latency.example])
    const ecs = new ECSClient(client)
    const began = performance.now()
    await ecs.send(new ListClustersCommand({}))
    // Timers may fire a millisecond early.
    expect(performance.now() - began).toBeGreaterThan(18)
  })
})

test('server-error is 500 unless it says otherwise', async () => {
  const {client} = await faulty(['server-error ecs'])
  const list = new ECSClient(client).send(new ListClustersCommand({}))
  expect(await failureOf(list)).toEqual({name: 'InternalFailure', status: 500})
})

test('a call without an answer ends with its connection where that is asked for', async () => {
  const {client} = await faulty([
    'hang ecs once by=5ms',
    'lose-answer cloudformation:CreateStack once by=5ms',
  ])
  const ecs = new ECSClient(client)
  expect(await failureOf(ecs.send(new ListClustersCommand({})))).toMatchObject({code: 'ECONNRESET'})
  await ecs.send(new ListClustersCommand({}))
  const cloudformation = new CloudFormationClient(client)
  const creation = cloudformation.send(new CreateStackCommand({StackName: 'demo', TemplateBody: template}))
  expect(await failureOf(creation)).toMatchObject({code: 'ECONNRESET'})
  expect((await cloudformation.send(new DescribeStacksCommand({StackName: 'demo'}))).Stacks).toHaveLength(1)
})

test('reset sends a whole head and half of a body', async () => {
  const {client} = await faulty(['reset ecs'])
  const ecs = new ECSClient(client)
  const {requestHandler} = ecs.config
  const handle = requestHandler.handle.bind(requestHandler)
  const got = {status: 0, promised: 0, bytes: 0}
  requestHandler.handle = async (...request) => {
    const {response} = await handle(...request)
    Object.assign(got, {status: response.statusCode, promised: Number(response.headers['content-length'])})
    const {body} = response
    body.on('data', (chunk: Buffer) => {
      got.bytes += chunk.length
    })
    return {response}
  }
  await failureOf(ecs.send(new ListClustersCommand({})))
  expect(got.status).toBe(200)
  expect(got.bytes).toBe(Math.floor(got.promised / 2))
  expect(got.bytes).toBeGreaterThan(0)
})

test('reset does what was asked for', async () => {
  const {client} = await faulty(['reset cloudformation:CreateStack once'])
  const cloudformation = new CloudFormationClient(client)
  const creation = cloudformation.send(new CreateStackCommand({StackName: 'demo', TemplateBody: template}))
  expect(await failureOf(creation)).toMatchObject({code: 'ECONNRESET'})
  const {Stacks} = await cloudformation.send(new DescribeStacksCommand({StackName: 'demo'}))
  expect(Stacks).toHaveLength(1)
})

test('a fault of one region leaves the others alone', async () => {
  const {client} = await faulty(['throttle ecs region=eu-west-1'])
  await new ECSClient(client).send(new ListClustersCommand({}))
  const abroad = new ECSClient({...client, region: 'eu-west-1'}).send(new ListClustersCommand({}))
  expect(await failureOf(abroad)).toMatchObject({name: 'ThrottlingException'})
})

test('expired credentials are renewed by others', async () => {
  const {client} = await faulty(['expire-credentials other'])
  await new ECSClient(client).send(new ListClustersCommand({}))
})

test('once means once, also after the account was served anew', async () => {
  const first = await faulty(['throttle ecs once', 'deny s3 once'])
  const list = (client: typeof first.client) => new ECSClient(client).send(new ListClustersCommand({}))
  expect(await failureOf(list(first.client))).toMatchObject({name: 'ThrottlingException'})
  await first.stop()
  const again = await faulty([], {stateFile: first.stateFile})
  await list(again.client)
  expect(again.faults()).toMatchObject([{fault: 'deny s3 once', state: 'live', struck: 0}])
})
