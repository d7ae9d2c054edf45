import {beforeEach, describe, expect, it} from 'vitest'
import {buildQuotas, quotas} from '../../../src/environment/quotas.js'
import {refused} from '../../../src/errors.js'
import type {DeployContext} from '../../../src/steps/deploy/context.js'
import type {FakeAws} from '../../helpers/fake-aws.js'
import {emptyAws, finding} from './scene.js'

let aws: FakeAws

beforeEach(() => {
  aws = emptyAws()
})

/** A stack of the environment that stands. */
function stands(name: string, status: string, layout: 'nested' | 'individual' = 'nested') {
  return (context: DeployContext) => {
    const stack = {name, status, parameters: {}, tags: {'mcpgw:environment': 'demo'}}
    const unit = {label: 'main', stackName: name}
    context.standing = [...(context.standing ?? []), {unit, layout, stack}] as never
  }
}

describe('account', () => {
  it('shows account, alias, region and caller', async () => {
    aws.alias = 'workshop-7'
    expect(await finding('account', aws)).toEqual({
      verdict: 'pass',
      detail: '123456789012 (workshop-7), region us-west-2, as arn:aws:iam::123456789012:user/me',
    })
  })

  it('warns of the root user', async () => {
    aws.caller = {...aws.caller, arn: 'arn:aws:iam::123456789012:root'}
    expect(await finding('account', aws)).toEqual({
      verdict: 'warn',
      detail: '123456789012, region us-west-2, as its root user',
      advice: 'Use a role or a user with the policies of docs/iam-policy.md: nothing limits the root user.',
    })
  })
})

describe('permissions', () => {
  it('pass when everything is allowed', async () => {
    expect(await finding('permissions', aws)).toEqual({
      verdict: 'pass',
      detail: expect.stringMatching(/^\d\d actions simulated, all allowed$/),
    })
  })

  it('block when an action is allowed nowhere', async () => {
    aws.decisions.set('ec2:CreateVpc', {decision: 'implicitDeny'})
    expect(await finding('permissions', aws)).toEqual({
      verdict: 'block',
      detail: 'The policies of arn:aws:iam::123456789012:user/me do not allow ec2:CreateVpc.',
      advice:
        'Attach the policies of docs/iam-policy.md, or use another --profile. Look closer with `aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::123456789012:user/me --action-names ec2:CreateVpc --region us-west-2`.',
    })
  })

  it('pass when an action is allowed on its own resource alone', async () => {
    aws.decisions.set('s3:CreateBucket *', {decision: 'implicitDeny'})
    expect(await finding('permissions', aws)).toMatchObject({verdict: 'pass'})
  })

  it('warn when that depends on what nobody knows beforehand', async () => {
    aws.decisions.set('ec2:CreateVpc', {decision: 'implicitDeny', missing: ['aws:SourceIp']})
    expect(await finding('permissions', aws)).toMatchObject({
      verdict: 'warn',
      detail:
        'The policies of arn:aws:iam::123456789012:user/me may not allow ec2:CreateVpc: that depends on aws:SourceIp.',
    })
  })

  it('are not asked of what stands already', async () => {
    aws.decisions.set('ec2:CreateVpc', {decision: 'implicitDeny'})
    expect(await finding('permissions', aws, {}, stands('demo', 'CREATE_COMPLETE'))).toMatchObject({
      verdict: 'pass',
    })
  })

  it('are left out for the root user', async () => {
    aws.caller = {...aws.caller, arn: 'arn:aws:iam::123456789012:root'}
    expect(await finding('permissions', aws)).toEqual({
      verdict: 'skip',
      detail: 'the policies of arn:aws:iam::123456789012:root cannot be simulated',
    })
  })
})

describe('stacks', () => {
  it('passes when none stands', async () => {
    expect(await finding('stacks', aws)).toEqual({
      verdict: 'pass',
      detail: 'no stack of demo stands: all is created',
    })
  })

  it.each([
    ['CREATE_COMPLETE', 'pass', 'is updated'],
    ['UPDATE_IN_PROGRESS', 'pass', 'is followed to its end, then updated'],
    ['DELETE_IN_PROGRESS', 'pass', 'is waited for, then created anew'],
    [
      'ROLLBACK_COMPLETE',
      'warn',
      'is deleted and created anew: it is left over from a failed creation (ROLLBACK_COMPLETE)',
    ],
  ])('says what becomes of a stack in %s', async (status, verdict, what) => {
    expect(await finding('stacks', aws, {}, stands('demo', status))).toMatchObject({
      verdict,
      detail: `demo (${status}) ${what}`,
    })
  })

  it('warns of what --replace deletes', async () => {
    expect(await finding('stacks', aws, {replace: true}, stands('demo', 'CREATE_COMPLETE'))).toEqual({
      verdict: 'warn',
      detail: 'demo (CREATE_COMPLETE) is deleted first (--replace)',
      advice: 'Leave --replace out to update it instead: mcpgw deploy --environment demo',
    })
  })

  it('blocks with the refusal of what stands, and leaves to judge what it is about', async () => {
    const refusal = refused('NOT_OURS', 'A stack called demo exists.', 'Choose another name.')
    const change = (context: DeployContext) => {
      context.refusal = refusal
    }
    await expect(finding('stacks', aws, {}, change)).rejects.toBe(refusal)
    expect(await finding('secrets', aws, {}, change)).toEqual({
      verdict: 'skip',
      detail: 'judged once the stacks can be deployed',
    })
  })
})

describe('availability-zones', () => {
  it('passes with three', async () => {
    expect(await finding('availability-zones', aws)).toEqual({
      verdict: 'pass',
      detail: '3 needed, 3 there (us-west-2a, us-west-2b, us-west-2c)',
    })
  })

  it('blocks with two', async () => {
    aws.zones = ['us-west-2a', 'us-west-2b']
    expect(await finding('availability-zones', aws)).toEqual({
      verdict: 'block',
      detail:
        'The subnets are spread over 3 availability zones, and us-west-2 has 2 (us-west-2a, us-west-2b).',
      advice:
        'Deploy to another --region; `aws ec2 describe-availability-zones --all-availability-zones --region us-west-2` shows all zones.',
    })
  })
})

describe('quotas', () => {
  it('block when there is no room for the Elastic IP addresses, with what to do', async () => {
    aws.addresses = 3
    aws.quotaValues.set(quotas.elasticIps.code, 5)
    expect(await finding('elastic-ips', aws)).toEqual({
      verdict: 'block',
      detail: 'the templates create 3, and the quota leaves room for 2 (3 of 5 in use).',
      advice:
        'Release addresses that nothing uses: `aws ec2 describe-addresses --region us-west-2` shows them. Or ask for more: `aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-0263D0A3 --desired-value 6 --region us-west-2`.',
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

  it('are not judged for what stands: an environment is never blocked by itself', async () => {
    for (const {code} of Object.values(quotas)) aws.quotaValues.set(code, 0)
    for (const id of ['elastic-ips', 'vpcs', 'load-balancers', 'fargate']) {
      for (const status of ['CREATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'CREATE_FAILED']) {
        expect(await finding(id, aws, {}, stands('demo', status))).toMatchObject({verdict: 'pass'})
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

  it('warns when there is room for the tasks, and not for their replacements', async () => {
    most(6)
    expect(await finding('fargate', aws)).toMatchObject({
      verdict: 'warn',
      detail: '5.5 needed, 0 of 6 in use: enough to deploy, too few to replace all tasks at once (11).',
      advice: expect.stringContaining('--quota-code L-3032A538 --desired-value 11 '),
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
    // The auth server and the registry have that size; Keycloak runs one task.
    expect(await finding('fargate', aws, {parameters})).toMatchObject({
      detail: '14 needed, 0 of 1000 in use',
    })
  })

  it('goes by the quota alone where what is in use cannot be told', async () => {
    most(4)
    aws.vcpus = undefined
    expect(await finding('fargate', aws)).toMatchObject({
      verdict: 'block',
      detail:
        'The services need 5.5 vCPUs on Fargate, and the quota leaves room for 4 (of 4, what is in use cannot be told).',
    })
  })
})

describe('image-build', () => {
  const code = buildQuotas.BUILD_GENERAL1_LARGE?.code ?? ''

  it('passes when a build of that size may run', async () => {
    aws.quotaValues.set(code, 1)
    expect(await finding('image-build', aws)).toEqual({
      verdict: 'pass',
      detail: '1 at a time (BUILD_GENERAL1_LARGE), as far as the quota tells',
    })
  })

  it('blocks when none may', async () => {
    aws.quotaValues.set(code, 0)
    expect(await finding('image-build', aws)).toEqual({
      verdict: 'block',
      detail: `CodeBuild runs no build of the type BUILD_GENERAL1_LARGE in this account (quota ${code} is 0): the images cannot be built or imported.`,
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
      detail: expect.stringMatching(/^not knowable: /),
    })
  })
})

describe('names', () => {
  it.each([
    ['secrets', '6 names are free'],
    ['log-groups', '14 names are free'],
    ['repositories', '8 names are free'],
    ['parameters', '3 names are free'],
    ['roles', 'no names are fixed'],
    ['load-balancer-names', '6 names are free'],
  ])('of %s pass when they are free', async (id, detail) => {
    aws.secretEntries = [{name: 'demo-other', deletedAt: 1}]
    aws.groups.add('/ecs/demo-registry-2')
    aws.repositoryNames = ['demo', 'demo-registry-2']
    expect(await finding(id, aws)).toEqual({verdict: 'pass', detail})
  })

  it('of secrets block while one is pending deletion, with the way out', async () => {
    aws.secretEntries = [{name: 'demo-secret-key', deletedAt: 1}]
    expect(await finding('secrets', aws)).toEqual({
      verdict: 'block',
      detail: 'The templates fix names that a secret has already: demo-secret-key is pending deletion.',
      advice:
        'If nobody needs it, run `aws secretsmanager restore-secret --secret-id demo-secret-key --region us-west-2 && aws secretsmanager delete-secret --secret-id demo-secret-key --force-delete-without-recovery --region us-west-2`. Or deploy with another --environment.',
    })
  })

  it('of secrets block when one exists', async () => {
    aws.secretEntries = [{name: 'demo/keycloak/database', deletedAt: undefined}]
    expect(await finding('secrets', aws)).toMatchObject({
      verdict: 'block',
      detail: 'The templates fix names that a secret has already: demo/keycloak/database exists.',
    })
  })

  it('of log groups block with a command for each, up to three', async () => {
    const names = ['registry', 'mcpgw', 'keycloak', 'currenttime'].map(name => `/ecs/demo-${name}`)
    for (const name of names) aws.groups.add(name)
    const {verdict, detail, advice} = await finding('log-groups', aws)
    expect(verdict).toBe('block')
    for (const name of names) expect(detail).toContain(`${name} exists`)
    expect(advice?.match(/aws logs delete-log-group --log-group-name \S+ --region us-west-2/g)).toHaveLength(
      3,
    )
    expect(advice).toContain(' and 1 more like it. Or deploy')
  })

  it.each([
    [
      'repositories',
      () => aws.repositoryNames.push('demo-registry'),
      'ecr delete-repository --repository-name demo-registry --force',
    ],
    [
      'parameters',
      () => aws.parameterNames.push('/demo/keycloak/admin'),
      'ssm delete-parameter --name /demo/keycloak/admin',
    ],
    [
      'load-balancer-names',
      () => aws.balancers.set('demo-alb', []),
      'elbv2 delete-load-balancer --load-balancer-arn arn:demo-alb',
    ],
    [
      'load-balancer-names',
      () => aws.elb.set('demo-auth-tg', {name: 'demo-auth-tg', arn: 'arn:tg', port: 1, loadBalancers: []}),
      'elbv2 delete-target-group --target-group-arn arn:tg',
    ],
  ])('of %s block when one is taken', async (id, take, command) => {
    take()
    expect(await finding(id, aws)).toMatchObject({
      verdict: 'block',
      advice: `If nobody needs it, run \`aws ${command} --region us-west-2\`. Or deploy with another --environment.`,
    })
  })

  it('are the own ones of what stands', async () => {
    aws.repositoryNames.push('demo-registry')
    expect(await finding('repositories', aws, {}, stands('demo', 'CREATE_COMPLETE'))).toMatchObject({
      verdict: 'pass',
    })
    expect(
      await finding(
        'repositories',
        aws,
        {layout: 'individual', replace: true},
        stands('demo', 'CREATE_COMPLETE'),
      ),
    ).toMatchObject({verdict: 'pass'})
  })
})

describe('buckets', () => {
  const bucket = 'mcpgw-demo-123456789012-us-west-2'

  it('pass when the template bucket is or will be ours', async () => {
    expect(await finding('buckets', aws)).toEqual({
      verdict: 'pass',
      detail: `${bucket} for the templates is created`,
    })
    aws.bucketTags.set(bucket, {})
    expect(await finding('buckets', aws)).toMatchObject({detail: `${bucket} for the templates stands`})
  })

  it('are refused when it is somebody else’s', async () => {
    aws.bucketTags.set('theirs', 'other-account')
    await expect(finding('buckets', aws, {templateBucket: 'theirs'})).rejects.toMatchObject({
      code: 'BUCKET_NOT_OURS',
      exitCode: 3,
    })
  })
})

describe('hosted-zone', () => {
  const id = 'Z0123456789ABCDEFGHIJ'
  const parameters = {BaseDomain: 'class.example.com', HostedZoneId: id}
  const nameServers = ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net']
  const zone = {name: 'example.com', isPrivate: false, nameServers}
  const look = () => finding('hosted-zone', aws, {parameters})

  it('passes without a domain', async () => {
    expect(await finding('hosted-zone', aws)).toMatchObject({verdict: 'pass'})
  })

  it('passes when DNS delegates the zone to it', async () => {
    aws.zonesById.set(id, zone)
    aws.delegatedTo = ['ns-2.awsdns-02.net']
    expect(await look()).toEqual({verdict: 'pass', detail: 'example.com answers for class.example.com'})
  })

  it('says when DNS was not asked', async () => {
    aws.zonesById.set(id, zone)
    expect(await look()).toEqual({
      verdict: 'pass',
      detail: 'example.com; the name servers of example.com were not asked for',
    })
  })

  it('warns when DNS delegates it elsewhere, or nowhere', async () => {
    aws.zonesById.set(id, zone)
    aws.delegatedTo = ['ns.registrar.example']
    expect(await look()).toEqual({
      verdict: 'warn',
      detail: `DNS delegates example.com to ns.registrar.example, and not to hosted zone ${id}: the certificate may never be issued.`,
      advice:
        'Enter ns-1.awsdns-01.com, ns-2.awsdns-02.net as the name servers of example.com where the domain is registered.',
    })
    aws.delegatedTo = []
    expect((await look()).detail).toContain('delegates example.com to nobody')
  })

  it.each([
    ['there is none', undefined, `There is no hosted zone ${id} in this account.`],
    ['it is private', {...zone, isPrivate: true}, `Hosted zone ${id} (example.com) is private`],
    [
      'it is that of another domain',
      {...zone, name: 'ple.com'},
      `Hosted zone ${id} is that of ple.com, and class.example.com is not below it.`,
    ],
  ])('blocks when %s', async (_, found, detail) => {
    if (found !== undefined) aws.zonesById.set(id, found)
    const result = await look()
    expect(result.verdict).toBe('block')
    expect(result.detail).toContain(detail)
    expect(result.advice).toContain('`aws route53 list-hosted-zones --region us-west-2`')
  })
})

describe('service-linked-roles', () => {
  const action = 'iam:CreateServiceLinkedRole'
  const all = [
    'AWSServiceRoleForECS',
    'AWSServiceRoleForElasticLoadBalancing',
    'AWSServiceRoleForRDS',
    'AWSServiceRoleForAmazonElasticFileSystem',
  ]

  it('pass when they stand', async () => {
    aws.decisions.set(action, {decision: 'implicitDeny'})
    aws.linkedRoles = [...all, 'AWSServiceRoleForApplicationAutoScaling_ECSService']
    expect(await finding('service-linked-roles', aws)).toEqual({verdict: 'pass', detail: 'all 5 stand'})
  })

  it('pass when AWS may make those that are missing', async () => {
    aws.linkedRoles = all
    expect(await finding('service-linked-roles', aws)).toEqual({
      verdict: 'pass',
      detail: '4 stand, AWS makes 1 at the first use',
    })
  })

  it('block when it may not', async () => {
    aws.linkedRoles = all.slice(2)
    aws.decisions.set(action, {decision: 'implicitDeny'})
    expect(await finding('service-linked-roles', aws)).toMatchObject({
      verdict: 'block',
      detail:
        'AWS has to make AWSServiceRoleForECS, AWSServiceRoleForElasticLoadBalancing, AWSServiceRoleForApplicationAutoScaling_ECSService, and this identity may not let it (iam:CreateServiceLinkedRole).',
      advice: expect.stringContaining(
        '`aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com --region us-west-2`, and the same for elasticloadbalancing.amazonaws.com',
      ),
    })
  })

  it('are said not to be known when the simulator says nothing of the caller', async () => {
    aws.caller = {...aws.caller, arn: 'arn:aws:iam::123456789012:root'}
    expect(await finding('service-linked-roles', aws)).toMatchObject({verdict: 'pass'})
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
