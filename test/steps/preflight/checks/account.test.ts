import {beforeEach, describe, expect, it} from 'vitest'
import {refused} from '../../../../src/errors.js'
import type {DeployContext} from '../../../../src/steps/deploy/context.js'
import type {FakeAws} from '../../../helpers/fake-aws.js'
import {emptyAws, finding, stands} from '../fixture.js'

let aws: FakeAws

beforeEach(() => {
  aws = emptyAws()
})

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
      advice: 'Use a role or a user with the policies of docs/iam-policy.md: no policy limits the root user.',
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
        'Attach the policies of docs/iam-policy.md, or use another --profile. For details, run `aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::123456789012:user/me --action-names ec2:CreateVpc --region us-west-2`.',
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

  it('block when roles may be made with a permissions boundary alone, and pass once there is one', async () => {
    const boundary = 'arn:aws:iam::123456789012:policy/workshop-boundary'
    const {simulate} = aws.roles
    aws.roles.simulate = async (principal, question) =>
      (await simulate(principal, question)).map(each =>
        each.action !== 'iam:CreateRole' || question.context?.['iam:PermissionsBoundary'] === boundary
          ? each
          : {...each, decision: 'implicitDeny', missing: ['iam:PermissionsBoundary']},
      )
    expect(await finding('permissions', aws)).toEqual({
      verdict: 'block',
      detail:
        'The policies of arn:aws:iam::123456789012:user/me allow iam:CreateRole only with a permissions boundary.',
      advice: 'Ask which policy is required, and give its ARN with --set PermissionsBoundaryArn=ARN.',
    })
    const parameters = {PermissionsBoundaryArn: boundary}
    expect(await finding('permissions', aws, {parameters})).toMatchObject({verdict: 'pass'})
  })

  it('are not asked of what already exists', async () => {
    aws.decisions.set('ec2:CreateVpc', {decision: 'implicitDeny'})
    expect(await finding('permissions', aws, {}, stands('demo', 'CREATE_COMPLETE'))).toMatchObject({
      verdict: 'pass',
    })
  })

  it('are those of the service role for what CloudFormation makes; the caller hands it over', async () => {
    const serviceRole = 'arn:aws:iam::123456789012:role/cloudformation'
    const {simulate} = aws.roles
    const asked = new Map<string, Set<string>>()
    let lacking = ''
    aws.roles.simulate = async (principal, question) => {
      asked.set(principal, new Set([...(asked.get(principal) ?? []), ...question.actions]))
      const decisions = await simulate(principal, question)
      return decisions.map(each =>
        lacking === `${principal} ${each.action}` ? {...each, decision: 'implicitDeny', missing: []} : each,
      )
    }
    expect(await finding('permissions', aws, {serviceRole})).toMatchObject({verdict: 'pass'})
    const me = 'arn:aws:iam::123456789012:user/me'
    expect([...asked.keys()]).toEqual([me, serviceRole])
    expect([asked.get(me)?.has('ec2:CreateVpc'), asked.get(me)?.has('iam:PassRole')]).toEqual([false, true])
    expect(asked.get(serviceRole)?.has('ec2:CreateVpc')).toBe(true)

    lacking = `${serviceRole} ec2:CreateVpc`
    expect(await finding('permissions', aws, {serviceRole})).toMatchObject({
      verdict: 'block',
      detail: `The policies of ${serviceRole} do not allow ec2:CreateVpc.`,
    })
    lacking = `${me} iam:PassRole`
    expect(await finding('permissions', aws, {serviceRole})).toMatchObject({
      verdict: 'block',
      detail: `The policies of ${me} do not allow iam:PassRole.`,
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
  it('passes when none exists', async () => {
    expect(await finding('stacks', aws)).toEqual({
      verdict: 'pass',
      detail: 'no stack of demo exists: everything is created',
    })
  })

  it.each([
    ['CREATE_COMPLETE', 'pass', 'is updated'],
    ['UPDATE_IN_PROGRESS', 'pass', 'is followed to its end, then updated'],
    ['DELETE_IN_PROGRESS', 'pass', 'is waited for, then created again'],
    [
      'ROLLBACK_COMPLETE',
      'warn',
      'is deleted and created again: it is left over from a failed creation (ROLLBACK_COMPLETE)',
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
      advice: 'To update it instead, leave out --replace: mcpgw deploy --environment demo',
    })
  })

  it('blocks with the refusal of what exists, and leaves to judge what it is about', async () => {
    const refusal = refused('NOT_OURS', 'A stack called demo exists.', 'Choose another name.')
    const change = (context: DeployContext) => {
      context.refusal = refusal
    }
    await expect(finding('stacks', aws, {}, change)).rejects.toBe(refusal)
    expect(await finding('secrets', aws, {}, change)).toEqual({
      verdict: 'skip',
      detail: 'checked once the stacks can be deployed',
    })
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

  it('pass when they exist', async () => {
    aws.decisions.set(action, {decision: 'implicitDeny'})
    aws.linkedRoles = [...all, 'AWSServiceRoleForApplicationAutoScaling_ECSService']
    expect(await finding('service-linked-roles', aws)).toEqual({verdict: 'pass', detail: 'all 5 exist'})
  })

  it('pass when AWS may make those that are missing', async () => {
    aws.linkedRoles = all
    expect(await finding('service-linked-roles', aws)).toEqual({
      verdict: 'pass',
      detail: '4 exist, AWS creates 1 at first use',
    })
  })

  it('block when it may not', async () => {
    aws.linkedRoles = all.slice(2)
    aws.decisions.set(action, {decision: 'implicitDeny'})
    expect(await finding('service-linked-roles', aws)).toMatchObject({
      verdict: 'block',
      detail:
        'AWS has to create AWSServiceRoleForECS, AWSServiceRoleForElasticLoadBalancing, AWSServiceRoleForApplicationAutoScaling_ECSService, and this identity is not allowed to let it (iam:CreateServiceLinkedRole).',
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
