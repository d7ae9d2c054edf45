import {
  ChangeSetNotFoundException,
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation'
import {DescribeVpcsCommand, EC2Client, RunInstancesCommand} from '@aws-sdk/client-ec2'
import {
  ClusterNotFoundException,
  DescribeServicesCommand,
  ECSClient,
  ListTasksCommand,
} from '@aws-sdk/client-ecs'
import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {EncryptCommand, KMSClient} from '@aws-sdk/client-kms'
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {AwsError, ConnectionDropped, commonError, modelled} from '../../../src/rehearsal/wire/index.js'
import {config} from './clients.js'
import {startServer, type TestServer} from './test-server.js'

const WHEN = new Date('2026-01-02T03:04:05.678Z')
const STRANGE = '<a href="x">\r\n\t& \'漢字\' 😀\u0085\u2028</a>'

let server: TestServer
let statuses: ('CREATE_IN_PROGRESS' | 'CREATE_COMPLETE')[] = []

beforeAll(async () => {
  server = await startServer({
    cloudformation: {
      DescribeStacks({StackName}, {region}) {
        if (StackName === 'gone')
          throw new AwsError('ValidationError', `Stack with id ${StackName} does not exist`)
        if (StackName === 'broken') throw new TypeError('a mistake in the handler')
        if (StackName === 'dropped') throw new ConnectionDropped()
        if (StackName === 'wrong')
          return {Stacks: [{StackName, CreationTime: 'yesterday' as never, StackStatus: 'CREATE_COMPLETE'}]}
        const StackStatus = statuses.shift() ?? 'CREATE_COMPLETE'
        const Outputs = [{OutputKey: region, OutputValue: STRANGE}]
        return {Stacks: [{StackName, CreationTime: WHEN, StackStatus, Outputs, Tags: []}]}
      },
      DescribeStackEvents: () => ({
        StackEvents: [
          {
            StackId: 's',
            EventId: 'e',
            StackName: 'n',
            Timestamp: WHEN,
            ResourceStatusReason: '\u001b[31mred\u001b[0m\u0000\uFFFE',
          },
        ],
      }),
      DescribeChangeSet() {
        throw modelled('ChangeSetNotFoundException', 'ChangeSet [x] does not exist')
      },
    },
    ecs: {
      DescribeServices({cluster, services}) {
        if (cluster === 'gone') throw modelled('ClusterNotFoundException', 'Cluster not found.')
        if (cluster === 'thrown') {
          throw new ClusterNotFoundException({message: 'Cluster not found.', $metadata: {}})
        }
        if (cluster === 'unheard of') throw modelled('NoSuchShape', 'x')
        if (cluster === 'busy') throw commonError('ecs', 'throttled')
        return {
          services: services?.map(serviceName => ({
            serviceName,
            createdAt: WHEN,
            events: [],
            desiredCount: 0,
          })),
        }
      },
    },
    elbv2: {
      DescribeTargetGroups() {
        throw modelled('TargetGroupNotFoundException', 'One or more target groups not found')
      },
    },
    sts: {GetCallerIdentity: () => ({Account: '123456789012', Arn: 'arn', UserId: 'u'})},
    kms: {Encrypt: ({Plaintext}) => ({CiphertextBlob: Plaintext})},
    ec2: {
      DescribeVpcs({VpcIds, Filters}) {
        if (VpcIds?.includes('vpc-0'))
          throw new AwsError('InvalidVpcID.NotFound', "The vpc ID 'vpc-0' does not exist")
        return {
          Vpcs: Filters?.map(({Name, Values}) => ({
            VpcId: Name,
            Tags: Values?.map(Key => ({Key, Value: ''})),
          })),
        }
      },
    },
  })
})

afterAll(() => server.close())
beforeEach(() => {
  for (const list of [server.calls, server.errors, server.unimplemented]) list.length = 0
})

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it should have failed'),
    error => error,
  )

describe('awsQuery', () => {
  const client = () => new CloudFormationClient(config(server.url))

  it('carries text, dates and the call around the input', async () => {
    const {Stacks, $metadata} = await client().send(new DescribeStacksCommand({StackName: 'a b'}))
    expect(Stacks?.[0]).toMatchObject({StackName: 'a b', CreationTime: WHEN, Tags: []})
    expect(Stacks?.[0]?.Outputs).toEqual([{OutputKey: 'eu-west-1', OutputValue: STRANGE}])
    expect($metadata.requestId).toMatch(/^id-\d+$/)
    expect(server.calls[0]).toMatchObject({
      service: 'cloudformation',
      operation: 'DescribeStacks',
      region: 'eu-west-1',
      accessKeyId: 'AKIDTEST',
      sessionToken: 'session',
    })
  })

  it('drops characters that XML has no way to write', async () => {
    const {StackEvents} = await client().send(new DescribeStackEventsCommand({StackName: 'x'}))
    expect(StackEvents?.[0]?.ResourceStatusReason).toBe('[31mred[0m')
  })

  it('sends unmodelled codes as they are', async () => {
    const error = await failure(client().send(new DescribeStacksCommand({StackName: 'gone'})))
    expect(error).toBeInstanceOf(CloudFormationServiceException)
    expect(error).toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id gone does not exist',
      Type: 'Sender',
    })
    expect(error.$metadata.httpStatusCode).toBe(400)
    expect(server.errors).toEqual([])
  })

  it('sends modelled exceptions with the code and status of the model', async () => {
    const error = await failure(client().send(new DescribeChangeSetCommand({ChangeSetName: 'x'})))
    expect(error).toBeInstanceOf(ChangeSetNotFoundException)
    expect(error.Error.Code).toBe('ChangeSetNotFound')
    expect(error.$metadata.httpStatusCode).toBe(404)
    const elb = new ElasticLoadBalancingV2Client(config(server.url))
    const other = await failure(elb.send(new DescribeTargetGroupsCommand({})))
    expect(other).toBeInstanceOf(TargetGroupNotFoundException)
    expect(other.Error.Code).toBe('TargetGroupNotFound')
  })

  it('says InvalidAction for what the account lacks', async () => {
    const error = await failure(client().send(new ListStacksCommand({})))
    expect(error).toMatchObject({
      name: 'InvalidAction',
      message: 'The action ListStacks is not valid for this web service.',
    })
    expect(server.unimplemented).toEqual(['cloudformation:ListStacks'])
  })

  it.each(['broken', 'wrong'])('answers 500 and reports it when a handler is %s', async StackName => {
    const error = await failure(client().send(new DescribeStacksCommand({StackName})))
    expect(error).toMatchObject({name: 'InternalFailure', $fault: 'server', Type: 'Receiver'})
    expect(server.errors).toHaveLength(1)
  })

  it('drops a connection when told to', async () => {
    const error = await failure(client().send(new DescribeStacksCommand({StackName: 'dropped'})))
    expect(error.code).toBe('ECONNRESET')
  })

  it('serves the waiters', async () => {
    statuses = ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']
    const waiting = {client: client(), maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.01}
    const {state} = await waitUntilStackCreateComplete(waiting, {StackName: 'x'})
    expect(state).toBe('SUCCESS')
  })

  it('serves STS without a signature, by action and version', async () => {
    const body = 'Action=GetCallerIdentity&Version=2011-06-15'
    const headers = {'content-type': 'application/x-www-form-urlencoded'}
    const response = await fetch(server.url, {method: 'POST', body, headers})
    expect(await response.text()).toContain('<Account>123456789012</Account>')
    const identity = await new STSClient(config(server.url)).send(new GetCallerIdentityCommand({}))
    expect(identity.UserId).toBe('u')
  })
})

describe('awsJson', () => {
  const client = () => new ECSClient(config(server.url))
  const describeServices = (cluster: string) =>
    client().send(new DescribeServicesCommand({cluster, services: [STRANGE]}))

  it('carries text, dates, zeros and empty lists', async () => {
    const {services} = await describeServices('c')
    expect(services).toEqual([{serviceName: STRANGE, createdAt: WHEN, events: [], desiredCount: 0}])
  })

  it.each(['gone', 'thrown'])('sends modelled exceptions, %s', async cluster => {
    const error = await failure(describeServices(cluster))
    expect(error).toBeInstanceOf(ClusterNotFoundException)
    expect(error.message).toBe('Cluster not found.')
    expect(error.$metadata).toMatchObject({httpStatusCode: 400, requestId: expect.stringMatching(/^id-/)})
  })

  it('throttles in its own words', async () => {
    expect(await failure(describeServices('busy'))).toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
    })
  })

  it('takes an exception that the model lacks for a mistake', async () => {
    expect(await failure(describeServices('unheard of'))).toMatchObject({name: 'InternalFailure'})
    expect(server.errors).toHaveLength(1)
  })

  it('says UnknownOperationException for what the account lacks', async () => {
    const error = await failure(client().send(new ListTasksCommand({})))
    expect(error.name).toBe('UnknownOperationException')
  })

  it('carries blobs', async () => {
    const Plaintext = Uint8Array.of(0, 255, 10, 13)
    const {CiphertextBlob} = await new KMSClient(config(server.url)).send(
      new EncryptCommand({KeyId: 'k', Plaintext}),
    )
    expect(CiphertextBlob && Buffer.from(CiphertextBlob)).toEqual(Buffer.from(Plaintext))
  })
})

describe('ec2Query', () => {
  const client = () => new EC2Client(config(server.url))

  it('flattens lists on the way in and writes items on the way out', async () => {
    const Filters = [
      {Name: 'a', Values: ['1', STRANGE]},
      {Name: 'b', Values: ['3']},
    ]
    const {Vpcs} = await client().send(new DescribeVpcsCommand({Filters}))
    expect(Vpcs?.map(({VpcId}) => VpcId)).toEqual(['a', 'b'])
    expect(Vpcs?.[0]?.Tags?.map(({Key}) => Key)).toEqual(['1', STRANGE])
  })

  it('has errors of its own form', async () => {
    const error = await failure(client().send(new DescribeVpcsCommand({VpcIds: ['vpc-0']})))
    expect(error).toMatchObject({name: 'InvalidVpcID.NotFound', message: "The vpc ID 'vpc-0' does not exist"})
    const unknown = await failure(client().send(new RunInstancesCommand({MinCount: 1, MaxCount: 1})))
    expect(unknown.name).toBe('InvalidAction')
  })
})
