import {CloudWatchLogsClient, CreateLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs'
import {DescribeSubnetsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {CreateHostedZoneCommand, Route53Client} from '@aws-sdk/client-route-53'
import {CreateBucketCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {imageKeys, tarballOf} from '../../src/environment/image-set.js'
import {services as environmentServices} from '../../src/environment/services.js'
import {childStacks} from '../../src/environment/stacks.js'
import {targetGroups as environmentGroups} from '../../src/environment/target-groups.js'
import type {Account, Resource} from '../../src/rehearsal/account/account.js'
import {DrillAccount} from './harness/account.js'
import {type Ended, runCommand} from './harness/command.js'

const shorter = 'classroom-environ'
/** As long as a name may be, and the other one with something behind it. */
const longer = `${shorter}-b`
/** Somebody else's, by the look of its name one of the environment's. */
const foreignGroup = `/ecs/${shorter}-notes`
const imageBucket = 'prebuilt-images'

describe('two environments side by side in one account and region, one name beginning with the other', () => {
  let account: DrillAccount
  let individual: Ended
  let nested: Ended
  beforeAll(async () => {
    account = await DrillAccount.serve()
    await prepare(account)
    const [org, com] = [await zoneOf('example.org'), await zoneOf('example.com')]
    individual = await deploy(
      shorter,
      ...['--layout', 'individual', '--images', `s3://${imageBucket}/v1/`],
      ...set({MinCapacity: 2, BaseDomain: 'example.org', HostedZoneId: org}),
      ...set({UseRegionalDomains: false}),
    )
    nested = await deploy(
      longer,
      ...set({VpcCidr: '172.29.0.0/16', AlarmEmail: 'facilitator@example.com'}),
      ...set({BaseDomain: 'example.com', HostedZoneId: com}),
    )
  })
  afterAll(() => account.stop())

  /** The id of a new public hosted zone. */
  async function zoneOf(Name: string): Promise<string> {
    const route53 = new Route53Client(account.clientConfig)
    const {HostedZone} = await route53.send(new CreateHostedZoneCommand({Name, CallerReference: Name}))
    return HostedZone?.Id?.replace('/hostedzone/', '') ?? ''
  }

  function deploy(environment: string, ...args: string[]) {
    // Three Elastic IP addresses each, and AWS gives a new account five.
    const quota = '--rehearse-quota L-0263D0A3=6'
    return runCommand(account, `mcpgw deploy -e ${environment} ${quota} ${args.join(' ')}`)
  }

  test('individual stacks with imported images, two tasks a service and a domain without the region', () => {
    expect(individual.stderr).not.toContain('Error')
    expect(individual.exitCode, individual.stdout).toBe(0)
    const {build, stacks, outputs, verification} = individual.document
    expect(build).toMatchObject({mode: 'import', status: 'SUCCEEDED'})
    expect(stacks.map(({status}: any) => status)).toEqual(childStacks.map(() => 'CREATE_COMPLETE'))
    expect(outputs).toMatchObject({
      RegistryUrl: 'https://registry.example.org',
      KeycloakUrl: 'https://kc.example.org',
    })
    expectHealthy(verification, 2)
  })

  test('nested stacks with the longest name, another VPC range, alarms by e-mail and a regional domain', () => {
    expect(nested.stderr).not.toContain('Error')
    expect(nested.exitCode, nested.stdout).toBe(0)
    const {build, stacks, outputs, verification} = nested.document
    expect(longer).toHaveLength(19)
    expect(build).toMatchObject({mode: 'source', status: 'SUCCEEDED'})
    expect(stacks.map(({status}: any) => status)).toEqual(
      [undefined, ...childStacks].map(() => 'CREATE_COMPLETE'),
    )
    expect(outputs).toMatchObject({
      RegistryUrl: 'https://registry.us-west-2.example.com',
      KeycloakUrl: 'https://kc.us-west-2.example.com',
    })
    expectHealthy(verification, 1)
  })

  test('every subnet lies in the range of its VPC', async () => {
    const ec2 = new EC2Client(account.clientConfig)
    const rangesIn = async ({document}: Ended) => {
      const Filters = [{Name: 'vpc-id', Values: [document.outputs.VpcId]}]
      const {Subnets = []} = await ec2.send(new DescribeSubnetsCommand({Filters}))
      return Subnets.map(({CidrBlock}) => CidrBlock)
    }
    const [inDefault, inOther] = [await rangesIn(individual), await rangesIn(nested)]
    expect(inDefault).toHaveLength(6)
    expect(inOther.sort()).toEqual(inDefault.map(range => range?.replace(/^10\.0\./, '172.29.')).sort())
  })

  test('the longest name that AWS limits to 32 characters has exactly as many', async () => {
    const balancing = new ElasticLoadBalancingV2Client(account.clientConfig)
    const {LoadBalancers = []} = await balancing.send(new DescribeLoadBalancersCommand())
    const names = LoadBalancers.map(({LoadBalancerName}) => LoadBalancerName ?? '')
    expect(names).toHaveLength(4)
    expect(Math.max(...names.map(({length}) => length))).toBe(32)
  })

  test('the alarms of the one environment send e-mail, those of the other do not', async () => {
    const resources = await resourcesOf(account)
    const subscriptions = resources.filter(({type}) => type === 'AWS::SNS::Subscription')
    expect(subscriptions.map(({tags, properties}) => [ownerOf(tags), properties])).toEqual([
      [longer, expect.objectContaining({Protocol: 'email', Endpoint: 'facilitator@example.com'})],
    ])
    const alarms = resources.filter(({type}) => type === 'AWS::CloudWatch::Alarm')
    const actions = (owner: string) =>
      alarms.filter(({tags}) => ownerOf(tags) === owner).map(({properties}) => properties.AlarmActions)
    expect(actions(shorter)).toEqual(Array(7).fill(undefined))
    expect(actions(longer)).toEqual(Array(7).fill([subscriptions[0]?.properties.TopicArn]))
  })

  test('tearing down the one leaves the other as it was, and healthy', async () => {
    const before = (await resourcesOf(account)).filter(({tags}) => ownerOf(tags) === longer)
    const torn = await runCommand(account, `mcpgw teardown -e ${shorter}`)
    expect(torn.exitCode, torn.stdout).toBe(0)
    expect(torn.document).toMatchObject({remaining: []})
    expect(torn.document.removed).toHaveLength(childStacks.length)
    const after = await resourcesOf(account)
    expect(before.length).toBeGreaterThan(100)
    expect(after.filter(({tags}) => ownerOf(tags) === longer)).toEqual(before)
    // AWS keeps keys for a week, and shows what was deleted (mcpgw::…) for a while.
    const left = after.filter(
      ({tags, type}) => ownerOf(tags) === shorter && type !== 'AWS::KMS::Key' && !type.startsWith('mcpgw::'),
    )
    expect(left).toEqual([])
    const verified = await runCommand(account, `mcpgw verify -e ${longer}`)
    expect(verified.exitCode, verified.stdout).toBe(0)
    expectHealthy(verified.document, 1)
  })

  test('tearing down the other leaves nothing of both, and everything of somebody else', async () => {
    const torn = await runCommand(account, `mcpgw teardown -e ${longer}`)
    expect(torn.exitCode, torn.stdout).toBe(0)
    expect(torn.document).toMatchObject({remaining: []})
    const state = await account.state()
    expect(typesIn(state)).toEqual([
      'AWS::KMS::Key',
      'AWS::Logs::LogGroup',
      'AWS::Route53::HostedZone',
      `bucket ${imageBucket}`,
    ])
    const groups = (await resourcesOf(account)).filter(({type}) => type === 'AWS::Logs::LogGroup')
    expect(groups.map(({physicalId}) => physicalId)).toEqual([foreignGroup])
    expect(Object.keys(state.buckets[imageBucket]?.objects ?? {})).toHaveLength(imageKeys.length)
  })
})

test('a quota of none fails the first resource that needs one, in the words of AWS', async () => {
  const account = await DrillAccount.serve()
  try {
    const failed = await runCommand(account, 'mcpgw deploy --rehearse-quota L-F678F1CE=0 --skip-check vpcs')
    expect(failed.exitCode, failed.stdout).toBe(1)
    expect(failed.error).toMatchObject({
      code: 'STACK_FAILED',
      resource: expect.stringMatching(/\/Vpc$/),
      message: expect.stringContaining('The maximum number of VPCs has been reached.'),
    })
    expect((await account.state()).quotas).toEqual({'L-F678F1CE': 0})
  } finally {
    await account.stop()
  }
})

/** What the account holds before anything is deployed: images to import, and what does not belong to the environment. */
async function prepare({clientConfig}: DrillAccount): Promise<void> {
  const s3 = new S3Client({...clientConfig, forcePathStyle: true})
  await s3.send(new CreateBucketCommand({Bucket: imageBucket}))
  for (const key of imageKeys) {
    await s3.send(new PutObjectCommand({Bucket: imageBucket, Key: `v1/${tarballOf(key)}`, Body: key}))
  }
  await new CloudWatchLogsClient(clientConfig).send(new CreateLogGroupCommand({logGroupName: foreignGroup}))
}

function set(parameters: Record<string, string | number | boolean>): string[] {
  return Object.entries(parameters).flatMap(([name, value]) => ['--set', `${name}=${value}`])
}

function expectHealthy({healthy, services, targetGroups, endpoints}: any, tasks: number): void {
  expect(healthy).toBe(true)
  expect(services).toHaveLength(environmentServices.length)
  for (const service of services) {
    const count = tasksOf(service, tasks)
    expect(service).toMatchObject({
      desired: count,
      running: count,
      pending: 0,
      rollout: 'COMPLETED',
      ok: true,
    })
  }
  expect(targetGroups).toHaveLength(environmentGroups.length)
  for (const group of targetGroups) {
    const count = tasksOf(group, tasks)
    expect(group).toMatchObject({healthy: count, total: count, ok: true})
  }
  expect(endpoints.map(({url, status}: any) => [url.slice(0, 8), status])).toEqual(
    Array(3).fill(['https://', 200]),
  )
}

/** What keeps its sessions in a task has one, whatever MinCapacity says. */
function tasksOf({name}: {name: string}, tasks: number): number {
  return /-(keycloak(-tg)?|currenttime|mcpgw|realserverfaketools)$/.test(name) ? 1 : tasks
}

async function resourcesOf(account: DrillAccount): Promise<Resource[]> {
  return resourcesIn(await account.state())
}

function resourcesIn({regions}: Account): Resource[] {
  return Object.values(regions['us-west-2']?.resources ?? {})
}

/** Types of everything that exists, buckets among it; counters of AWS's own, such as revision numbers, apart. */
function typesIn(state: Account): string[] {
  const types = resourcesIn(state).map(({type}) => type)
  return [
    ...new Set(types.filter(type => !type.startsWith('mcpgw::'))),
    ...Object.keys(state.buckets).map(name => `bucket ${name}`),
  ].sort()
}

function ownerOf(tags: Record<string, string>): string | undefined {
  return tags['mcpgw:environment']
}
