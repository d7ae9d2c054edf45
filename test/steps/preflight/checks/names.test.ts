import {beforeEach, describe, expect, it} from 'vitest'
import {parseTemplate} from '../../../../src/template/index.js'
import {smallTemplates} from '../../../helpers/contexts.js'
import type {FakeAws} from '../../../helpers/fake-aws.js'
import {emptyAws, finding, stands} from '../fixture.js'

let aws: FakeAws

beforeEach(() => {
  aws = emptyAws()
})

describe('names', () => {
  it.each([
    ['secrets', '12 names are free'],
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
        'If it can be deleted, run `aws secretsmanager restore-secret --secret-id demo-secret-key --region us-west-2; aws secretsmanager delete-secret --secret-id demo-secret-key --force-delete-without-recovery --region us-west-2`. Or deploy with another --environment.',
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
      advice: `If it can be deleted, run \`aws ${command} --region us-west-2\`. Or deploy with another --environment.`,
    })
  })

  it('are the own ones of what exists', async () => {
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

describe('names that only templates of somebody’s own fix', () => {
  const name = 'network-stack.yaml'
  const text = `
Parameters:
  EnvironmentName: {Type: String}
Resources:
  Role: {Type: 'AWS::IAM::Role', Properties: {RoleName: !Sub '\${EnvironmentName}-task'}}
  Bucket: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Sub '\${EnvironmentName}-\${AWS::AccountId}'}}
  Group: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: !Sub '/x/\${Bucket}'}}
`
  const templates = () => {
    const small = smallTemplates()
    return {
      ...small,
      files: new Map([...small.files, [name, {name, text, template: parseTemplate(text, name)}]]),
    }
  }

  it('block when a role has one', async () => {
    expect(await finding('roles', aws, {templates: templates()})).toEqual({
      verdict: 'pass',
      detail: '1 name is free',
    })
    aws.roleNames.add('demo-task')
    expect(await finding('roles', aws, {templates: templates()})).toMatchObject({
      verdict: 'block',
      detail: 'The templates fix names that a role has already: demo-task exists.',
    })
  })

  it('block when a bucket has one', async () => {
    expect(await finding('buckets', aws, {templates: templates()})).toMatchObject({verdict: 'pass'})
    aws.bucketTags.set('demo-123456789012', 'other-account')
    expect(await finding('buckets', aws, {templates: templates()})).toMatchObject({
      verdict: 'block',
      detail: 'The templates create buckets whose names are already taken: demo-123456789012.',
    })
  })

  it('are not known when they follow from what is made', async () => {
    expect(await finding('log-groups', aws, {templates: templates()})).toEqual({
      verdict: 'pass',
      detail: 'no names are fixed',
    })
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
    expect(await finding('buckets', aws)).toMatchObject({detail: `${bucket} for the templates exists`})
  })

  it('are refused when it is somebody else’s', async () => {
    aws.bucketTags.set('theirs', 'other-account')
    await expect(finding('buckets', aws, {templateBucket: 'theirs'})).rejects.toMatchObject({
      code: 'BUCKET_NOT_OURS',
      exitCode: 3,
    })
  })
})
