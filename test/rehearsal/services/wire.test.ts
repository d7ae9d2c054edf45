import {CloudWatchLogsClient, FilterLogEventsCommand} from '@aws-sdk/client-cloudwatch-logs'
import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import {DescribeKeyCommand, KMSClient, NotFoundException} from '@aws-sdk/client-kms'
import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api'
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import {GetParameterCommand, ParameterNotFound, SSMClient} from '@aws-sdk/client-ssm'
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {ec2Operations} from '../../../src/rehearsal/services/ec2/operations.js'
import {kmsOperations} from '../../../src/rehearsal/services/kms/operations.js'
import {logsOperations} from '../../../src/rehearsal/services/logs/operations.js'
import {writeLog} from '../../../src/rehearsal/services/logs/streams.js'
import {s3Operations} from '../../../src/rehearsal/services/s3/operations.js'
import {secretsManagerOperations} from '../../../src/rehearsal/services/secretsmanager/operations.js'
import {ssmOperations} from '../../../src/rehearsal/services/ssm/operations.js'
import {stsOperations} from '../../../src/rehearsal/services/sts/operations.js'
import {taggingOperations} from '../../../src/rehearsal/services/tagging/operations.js'
import {Maker} from '../helpers/providers.js'
import {makeTemplate} from '../helpers/template-run.js'
import {testWorld} from '../helpers/world.js'
import {startServer, type TestServer} from '../wire/test-server.js'

const {world} = testWorld()
const maker = new Maker(world)
let server: TestServer
let config: {endpoint: string; region: string; credentials: object; maxAttempts: number}

beforeAll(async () => {
  server = await startServer({
    ec2: ec2Operations(world),
    kms: kmsOperations(world),
    logs: logsOperations(world),
    s3: s3Operations(world),
    secretsmanager: secretsManagerOperations(world),
    ssm: ssmOperations(world),
    sts: stsOperations(world),
    tagging: taggingOperations(world),
  })
  const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}
  config = {endpoint: server.url, region: 'us-west-2', credentials, maxAttempts: 1}
  const network = makeTemplate(maker, 'network-stack.yaml', {}, {})
  makeTemplate(maker, 'data-stack.yaml', {}, network.exports)
})

afterAll(async () => {
  await server.close()
  expect(server.errors).toEqual([])
})

describe("with the SDK's own clients", () => {
  it('EC2 shows the network', async () => {
    const ec2 = new EC2Client(config as object)
    const {Vpcs} = await ec2.send(new DescribeVpcsCommand({}))
    expect(Vpcs?.[0]?.CidrBlock).toBe('10.0.0.0/16')
    const {Subnets} = await ec2.send(new DescribeSubnetsCommand({}))
    expect(Subnets).toHaveLength(6)
    const {SecurityGroups} = await ec2.send(new DescribeSecurityGroupsCommand({}))
    expect(SecurityGroups).toHaveLength(9)
    expect(SecurityGroups?.every(({IpPermissions}) => (IpPermissions?.length ?? 0) > 0)).toBe(true)
  })

  it('S3 keeps objects and pages over them', async () => {
    const s3 = new S3Client(config as object)
    await s3.send(new CreateBucketCommand({Bucket: 'wire-demo'}))
    for (const Key of ['a/1', 'a/ä 2', 'b']) {
      await s3.send(new PutObjectCommand({Bucket: 'wire-demo', Key, Body: `body of ${Key}`}))
    }
    const keys: (string | undefined)[] = []
    const pages = paginateListObjectsV2({client: s3, pageSize: 1}, {Bucket: 'wire-demo', Prefix: 'a/'})
    for await (const {Contents = []} of pages) keys.push(...Contents.map(({Key}) => Key))
    expect(keys).toEqual(['a/1', 'a/ä 2'])
    const got = await s3.send(new GetObjectCommand({Bucket: 'wire-demo', Key: 'a/ä 2', Range: 'bytes=0-3'}))
    expect(await got.Body?.transformToString()).toBe('body')
    expect(got.ContentRange).toBe('bytes 0-3/14')
    const head = await s3.send(new HeadObjectCommand({Bucket: 'wire-demo', Key: 'b'}))
    expect(head.ContentLength).toBe(9)
    const missing = s3.send(new GetObjectCommand({Bucket: 'wire-demo', Key: 'absent'}))
    await expect(missing).rejects.toBeInstanceOf(NoSuchKey)
  })

  it('S3 says where a bucket is when another region asks', async () => {
    const elsewhere = new S3Client({...config, region: 'eu-west-1'} as object)
    const head = elsewhere.send(new HeadBucketCommand({Bucket: 'wire-demo'}))
    await expect(head).rejects.toMatchObject({
      $metadata: {httpStatusCode: 301},
      $response: {headers: {'x-amz-bucket-region': 'us-west-2'}},
    })
  })

  it('secrets, parameters and keys are read, and missing ones have their own exceptions', async () => {
    const secrets = new SecretsManagerClient(config as object)
    const secret = await secrets.send(new GetSecretValueCommand({SecretId: 'mcp-gateway-admin-password'}))
    expect(JSON.parse(secret.SecretString ?? '').admin_password).toHaveLength(32)
    await expect(secrets.send(new GetSecretValueCommand({SecretId: 'absent'}))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    )
    const ssm = new SSMClient(config as object)
    const {Parameter} = await ssm.send(new GetParameterCommand({Name: '/mcp-gateway/keycloak/admin'}))
    expect(Parameter?.Value).toBe('admin')
    await expect(ssm.send(new GetParameterCommand({Name: '/absent'}))).rejects.toBeInstanceOf(
      ParameterNotFound,
    )
    const kms = new KMSClient(config as object)
    const {KeyMetadata} = await kms.send(new DescribeKeyCommand({KeyId: 'alias/mcp-gateway-rds'}))
    expect(KeyMetadata?.KeyState).toBe('Enabled')
    await expect(kms.send(new DescribeKeyCommand({KeyId: 'absent'}))).rejects.toBeInstanceOf(
      NotFoundException,
    )
  })

  it('logs are found by what is in them', async () => {
    writeLog(world, maker.region, '/wire', 'one', ['all well', 'an error'])
    const logs = new CloudWatchLogsClient(config as object)
    const {events} = await logs.send(
      new FilterLogEventsCommand({logGroupName: '/wire', filterPattern: 'error'}),
    )
    expect(events).toMatchObject([{message: 'an error', timestamp: world.now}])
  })

  it('tags are paged by the SDK to their end', async () => {
    const client = new ResourceGroupsTaggingAPIClient(config as object)
    maker.make('AWS::SSM::Parameter', {Name: '/one', Type: 'String', Value: 'x'}, {tags: {wire: '1'}})
    maker.make('AWS::SSM::Parameter', {Name: '/two', Type: 'String', Value: 'x'}, {tags: {wire: '2'}})
    const arns: (string | undefined)[] = []
    const pages = paginateGetResources(
      {client, pageSize: 1},
      {TagFilters: [{Key: 'wire'}], ResourcesPerPage: 1},
    )
    for await (const {ResourceTagMappingList = []} of pages) {
      arns.push(...ResourceTagMappingList.map(({ResourceARN}) => ResourceARN))
    }
    expect(arns).toHaveLength(2)
  })

  it('STS knows the account', async () => {
    const {Account} = await new STSClient(config as object).send(new GetCallerIdentityCommand({}))
    expect(Account).toBe(world.account.id)
  })
})
