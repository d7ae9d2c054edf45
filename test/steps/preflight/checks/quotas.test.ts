import {beforeEach, describe, expect, it} from 'vitest'
import {buildQuotas, quotas} from '../../../../src/environment/quotas.js'
import type {FakeAws} from '../../../helpers/fake-aws.js'
import {emptyAws, finding, stands} from '../fixture.js'

let aws: FakeAws

beforeEach(() => {
  aws = emptyAws()
})

describe('quotas', () => {
  it('block when there is no room for the Elastic IP addresses, with what to do', async () => {
    aws.addresses = 3
    aws.quotaValues.set(quotas.elasticIps.code, 5)
    expect(await finding('elastic-ips', aws)).toEqual({
      verdict: 'block',
      detail: 'the templates create 3, and the quota leaves room for 2 (3 of 5 in use).',
      advice:
        'Release addresses that nothing uses: `aws ec2 describe-addresses --region us-west-2` lists them. Or ask for more: `aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-0263D0A3 --desired-value 6 --region us-west-2`.',
    })
    aws.addresses = 2
    expect(await finding('elastic-ips', aws)).toEqual({
      verdict: 'pass',
      detail: '3 to create, 2 of 5 in use',
    })
  })

  it('block when there is no room for the VPC', async () => {
    aws.networksInUse = 5
    aws.quotaValues.set(quotas.vpcs.code, 5)
    expect(await finding('vpcs', aws)).toMatchObject({
      verdict: 'block',
      detail: 'the templates create 1, and the quota leaves room for 0 (5 of 5 in use).',
    })
    aws.networksInUse = 4
    expect(await finding('vpcs', aws)).toMatchObject({verdict: 'pass'})
  })

  it('block when there is no room for the load balancers', async () => {
    aws.balancers.set('other', [])
    aws.quotaValues.set(quotas.applicationLoadBalancers.code, 2)
    expect(await finding('load-balancers', aws)).toMatchObject({
      verdict: 'block',
      detail: 'the templates create 2, and the quota leaves room for 1 (1 of 2 in use).',
    })
    aws.quotaValues.set(quotas.applicationLoadBalancers.code, 3)
    expect(await finding('load-balancers', aws)).toMatchObject({verdict: 'pass'})
  })

  it('are left out when AWS does not know one', async () => {
    aws.quotaValues.set(quotas.vpcs.code, undefined)
    expect(await finding('vpcs', aws)).toEqual({
      verdict: 'skip',
      detail: 'Service Quotas does not know quota L-F678F1CE',
    })
  })

  it('are not judged for what exists: an environment is never blocked by itself', async () => {
    for (const {code} of Object.values(quotas)) aws.quotaValues.set(code, 0)
    for (const id of ['elastic-ips', 'vpcs', 'load-balancers', 'fargate']) {
      for (const status of ['CREATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'CREATE_FAILED']) {
        const verdict = id === 'fargate' ? 'warn' : 'pass'
        expect(await finding(id, aws, {}, stands('demo', status))).toMatchObject({verdict})
      }
      expect(await finding(id, aws, {}, stands('demo', 'ROLLBACK_COMPLETE'))).toMatchObject({
        verdict: 'block',
      })
    }
  })

  it('are judged for the stacks of layout individual that are missing', async () => {
    aws.quotaValues.set(quotas.elasticIps.code, 0)
    aws.quotaValues.set(quotas.fargateVcpus.code, 0)
    const network = stands('demo-network', 'CREATE_COMPLETE', 'individual')
    const settings = {layout: 'individual'} as const
    expect(await finding('elastic-ips', aws, settings, network)).toMatchObject({
      verdict: 'pass',
      detail: 'none are created',
    })
    expect(await finding('fargate', aws, settings, network)).toMatchObject({verdict: 'block'})
    expect(await finding('elastic-ips', aws, settings)).toMatchObject({verdict: 'block'})
  })
})

describe('fargate', () => {
  const most = (value: number) => aws.quotaValues.set(quotas.fargateVcpus.code, value)

  it('passes when all tasks can be replaced at once', async () => {
    most(11)
    expect(await finding('fargate', aws)).toEqual({verdict: 'pass', detail: '5.5 needed, 0 of 11 in use'})
  })

  it('warns when there is room for the tasks, and not to replace all of them at once', async () => {
    most(6.5)
    expect(await finding('fargate', aws)).toMatchObject({
      verdict: 'warn',
      detail:
        '5.5 needed, 0 of 6.5 in use: enough to deploy and to update one service at a time (6.5), but too few to replace all tasks at once (11), as new images do.',
      advice: expect.stringContaining('--quota-code L-3032A538 --desired-value 11 '),
    })
  })

  it('says of the quota of a new account that no update of the large services will find room', async () => {
    most(6)
    expect(await finding('fargate', aws)).toEqual({
      verdict: 'warn',
      detail:
        '5.5 needed, 0 of 6 in use: enough to deploy, but too few to update a service of 1 vCPU later, because ECS starts its new task beside the old one (6.5).',
      advice:
        'Such an update ends with "unable to place a task" and is rolled back. Before the first update, ask for at least 7, or better for enough to replace all tasks at once, as new images do: `aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value 11 --region us-west-2`.',
    })
  })

  it('goes by the largest task that the parameters make', async () => {
    most(7)
    const parameters = {KeycloakCpu: '2048', KeycloakMemory: '4096'}
    expect(await finding('fargate', aws, {parameters})).toMatchObject({
      verdict: 'warn',
      detail: expect.stringMatching(/^6.5 needed, .* of 2 vCPU later, .* \(8\.5\)\.$/),
    })
  })

  describe('where the environment exists', () => {
    const existingStacks = stands('demo', 'CREATE_COMPLETE')

    it('passes when a new task fits beside those that run', async () => {
      most(6.5)
      aws.vcpus = 5.5
      expect(await finding('fargate', aws, {}, existingStacks)).toEqual({
        verdict: 'pass',
        detail: '5.5 of 6.5 in use, and an update needs 1 more',
      })
    })

    it('warns, and does not block, when it does not fit', async () => {
      most(6)
      aws.vcpus = 5.5
      expect(await finding('fargate', aws, {}, existingStacks)).toMatchObject({
        verdict: 'warn',
        detail:
          '5.5 of 6 in use: no room for a new task of 1 vCPU beside the old ones. An update of such a service ends with "unable to place a task" and is rolled back.',
        advice: expect.stringMatching(
          /^Ask for at least 7 .*--quota-code L-3032A538 --desired-value 11 .*`\.$/,
        ),
      })
    })

    it('goes by the sizes that the stack was given, unless others are given now', async () => {
      most(8)
      aws.vcpus = 5.5
      const sized = (context: Parameters<typeof existingStacks>[0]) => {
        existingStacks(context)
        Object.assign(context.existingStacks?.[0]?.stack.parameters ?? {}, {
          ServiceCpu: '512',
          KeycloakCpu: '256',
        })
      }
      expect(await finding('fargate', aws, {}, sized)).toMatchObject({
        detail: '5.5 of 8 in use, and an update needs 0.5 more',
      })
      expect(await finding('fargate', aws, {parameters: {KeycloakCpu: '4096'}}, sized)).toMatchObject({
        verdict: 'warn',
        detail: expect.stringContaining('a new task of 4 vCPU'),
      })
    })

    it('says nothing when it is replaced', async () => {
      most(0)
      expect(await finding('fargate', aws, {replace: true}, existingStacks)).toMatchObject({verdict: 'pass'})
    })
  })

  it('blocks when there is no room for the tasks', async () => {
    most(6)
    aws.vcpus = 1
    expect(await finding('fargate', aws)).toMatchObject({
      verdict: 'block',
      detail: 'The services need 5.5 vCPUs on Fargate, and the quota leaves room for 5 (1 of 6 in use).',
    })
  })

  it('reckons with the sizes and counts that are given', async () => {
    most(1000)
    const parameters = {MinCapacity: '2', ServiceCpu: '2048', ServiceMemory: '4096'}
    // The auth server and the registry have that size; Keycloak and the MCP servers run one task each.
    expect(await finding('fargate', aws, {parameters})).toMatchObject({
      detail: '12.5 needed, 0 of 1000 in use',
    })
  })

  it('goes by the quota alone where the current use is unknown', async () => {
    most(4)
    aws.vcpus = undefined
    expect(await finding('fargate', aws)).toMatchObject({
      verdict: 'block',
      detail:
        'The services need 5.5 vCPUs on Fargate, and the quota leaves room for 4 (of 4, the current use is unknown).',
    })
  })
})

describe('image-build', () => {
  const code = buildQuotas.BUILD_GENERAL1_LARGE?.code ?? ''

  it('passes when a build of that size may run', async () => {
    aws.quotaValues.set(code, 1)
    expect(await finding('image-build', aws)).toEqual({
      verdict: 'pass',
      detail: '1 at a time (BUILD_GENERAL1_LARGE), according to the quota',
    })
  })

  it('blocks when none may', async () => {
    aws.quotaValues.set(code, 0)
    expect(await finding('image-build', aws)).toEqual({
      verdict: 'block',
      detail: `CodeBuild runs no builds of the type BUILD_GENERAL1_LARGE in this account (quota ${code} is 0): the images cannot be built or imported.`,
      advice: `Ask for one: \`aws service-quotas request-service-quota-increase --service-code codebuild --quota-code ${code} --desired-value 1 --region us-west-2\`.`,
    })
  })
})

describe('cloudfront', () => {
  it('passes where distributions were made before, or none are made', async () => {
    aws.hasDistributions = true
    expect(await finding('cloudfront', aws)).toMatchObject({verdict: 'pass'})
    const parameters = {BaseDomain: 'example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ'}
    aws.hasDistributions = false
    expect(await finding('cloudfront', aws, {parameters})).toEqual({
      verdict: 'pass',
      detail: 'no distributions are created',
    })
  })

  it('says that nobody knows in an account that has made none', async () => {
    expect(await finding('cloudfront', aws)).toMatchObject({
      verdict: 'skip',
      detail: expect.stringMatching(/^cannot be checked: /),
    })
  })
})

it('a template that only CloudFormation can judge leaves quotas and names out', async () => {
  const parameters = {VpcCidr: 'no such thing'}
  expect(await finding('elastic-ips', aws, {parameters})).toEqual({
    verdict: 'skip',
    detail: 'the templates cannot be resolved without CloudFormation',
  })
  expect(await finding('permissions', aws, {parameters})).toMatchObject({verdict: 'pass'})
})
