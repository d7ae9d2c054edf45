import {Readable} from 'node:stream'
import {buffer} from 'node:stream/consumers'
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation'
import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  ListBuildsCommand,
  StartBuildCommand,
} from '@aws-sdk/client-codebuild'
import {CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {afterEach, describe, expect, test} from 'vitest'
import {endAll, type Faulty, faulty} from '../faults/faulty.js'

afterEach(endAll)

const project = {
  Type: 'AWS::CodeBuild::Project',
  Properties: {
    Name: 'demo',
    ServiceRole: {'Fn::GetAtt': ['Role', 'Arn']},
    Artifacts: {Type: 'NO_ARTIFACTS'},
    Environment: {
      Type: 'LINUX_CONTAINER',
      ComputeType: 'BUILD_GENERAL1_SMALL',
      Image: 'aws/codebuild/standard:7.0',
    },
    Source: {
      Type: 'NO_SOURCE',
      BuildSpec: 'version: 0.2\nphases:\n  build:\n    commands:\n      - "true"\n',
    },
  },
}
const trust = {
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Principal: {Service: 'codebuild.amazonaws.com'}, Action: 'sts:AssumeRole'}],
}
const template = JSON.stringify({
  Resources: {
    Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}},
    Topic: {Type: 'AWS::SNS::Topic'},
    Role: {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: trust}},
    Project: project,
  },
})

/** One answer, as it came over the wire. `Date` alone is the machine's. */
interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

interface Client {
  config: {requestHandler: {handle(...request: never[]): Promise<{response: any}>}}
}

/** Keeps every answer to a client, as it was before the SDK read it. */
function recorded<C extends Client>(client: C, answers: Answer[]): C {
  const {requestHandler} = client.config
  const handle = requestHandler.handle.bind(requestHandler)
  requestHandler.handle = async (...request) => {
    const {response} = await handle(...request)
    const body = await buffer(response.body)
    const {date, ...headers} = response.headers
    expect(date).toBeDefined()
    answers.push({status: response.statusCode, headers, body: body.toString('utf8')})
    response.body = Readable.from([body])
    return {response}
  }
  return client
}

/** A script of calls, minute by minute. `between` makes further calls, which only read. */
async function live(
  options: {seed?: number; faults?: string[]; between?: (account: Faulty) => Promise<unknown>} = {},
): Promise<{answers: Answer[]; events: unknown}> {
  const {seed = 7, faults = [], between = async () => {}} = options
  const account = await faulty(faults, {seed})
  const answers: Answer[] = []
  const cloudformation = recorded(new CloudFormationClient(account.client), answers)
  const codebuild = recorded(new CodeBuildClient(account.client), answers)
  const s3 = recorded(new S3Client(account.client), answers)
  const attempt = async (call: Promise<unknown>) => {
    // A fault may be what it is answered with.
    await call.catch(() => {})
    await between(account)
  }
  await attempt(
    cloudformation.send(
      new CreateStackCommand({StackName: 'demo', TemplateBody: template, Capabilities: ['CAPABILITY_IAM']}),
    ),
  )
  for (const minute of [1, 2, 3]) {
    await account.minute(minute)
    await attempt(cloudformation.send(new DescribeStacksCommand({StackName: 'demo'})))
  }
  await attempt(s3.send(new CreateBucketCommand({Bucket: 'demo-bucket'})))
  await attempt(s3.send(new PutObjectCommand({Bucket: 'demo-bucket', Key: 'a', Body: 'text'})))
  await attempt(codebuild.send(new StartBuildCommand({projectName: 'demo', idempotencyToken: 'one'})))
  await account.minute(20)
  const {ids} = await codebuild.send(new ListBuildsCommand({}))
  await attempt(codebuild.send(new BatchGetBuildsCommand({ids: ids ?? ['none:1']})))
  await attempt(s3.send(new GetObjectCommand({Bucket: 'demo-bucket', Key: 'a'})))
  await attempt(cloudformation.send(new DescribeStackResourcesCommand({StackName: 'demo'})))
  const {StackEvents = []} = await cloudformation.send(new DescribeStackEventsCommand({StackName: 'demo'}))
  return {answers, events: StackEvents}
}

describe('two accounts with the same seed', () => {
  test('give the same answers to the same calls, byte by byte: ids, events, times and request ids', async () => {
    const [one, other] = [await live(), await live()]
    expect(one.answers.length).toBeGreaterThan(9)
    expect(one.answers.map(({status}) => status)).toEqual(one.answers.map(() => 200))
    expect(other).toEqual(one)
  })

  test('have the same faults at the same calls', async () => {
    const faults = [
      'throttle cloudformation:DescribeStacks rate=50%',
      'fail-create Topic rate=50%',
      'server-error s3 rate=50%',
    ]
    const [one, other] = [await live({faults}), await live({faults})]
    expect(new Set(one.answers.map(({status}) => status)).size).toBeGreaterThan(1)
    expect(other).toEqual(one)
  })

  test('make the same ids, events and durations, whatever is read in between', async () => {
    const between = async ({client}: Faulty) => {
      const cloudformation = new CloudFormationClient(client)
      await cloudformation.send(new DescribeStacksCommand({}))
      await new CodeBuildClient(client).send(new ListBuildsCommand({}))
    }
    const [one, other] = [await live(), await live({between})]
    expect(other.events).toEqual(one.events)
    // Request ids are counted call by call, so that they differ here, and nothing else does.
    const withoutRequestIds = (answers: Answer[]) =>
      answers.map(({status, body}) => ({status, body: body.replace(/<RequestId>[^<]*/g, '')}))
    expect(withoutRequestIds(other.answers)).toEqual(withoutRequestIds(one.answers))
  })
})

test('another seed gives another life', async () => {
  const [one, other] = [await live({seed: 7}), await live({seed: 8})]
  const idsOf = (answers: Answer[]) => answers.map(({headers}) => headers['x-amzn-requestid'])
  expect(idsOf(other.answers).filter(id => idsOf(one.answers).includes(id))).toEqual([])
  const timesOf = (events: unknown) =>
    (events as {Timestamp: Date}[]).map(({Timestamp}) => Timestamp.getTime())
  expect(timesOf(other.events)).not.toEqual(timesOf(one.events))
})
