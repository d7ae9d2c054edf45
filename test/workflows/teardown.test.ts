import {beforeEach, describe, expect, it} from 'vitest'
import type {Clock} from '../../src/clock.js'
import {childStacks} from '../../src/environment/stacks.js'
import {failed, type McpgwError} from '../../src/errors.js'
import {silent} from '../../src/progress.js'
import {deploy, deploySurvey} from '../../src/workflows/deploy.js'
import {runWorkflow} from '../../src/workflows/run-workflow.js'
import {teardown, teardownSurvey} from '../../src/workflows/teardown.js'
import {deployContext, teardownContext} from '../helpers/contexts.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

const bucket = 'mcpgw-demo-123456789012-us-west-2'
const {signal} = new AbortController()
let clock: Clock
let aws: FakeAws

beforeEach(() => {
  clock = virtualClock()
  aws = new FakeAws(clock)
})

async function putStack(layout: 'nested' | 'individual', templateBucket?: string, templatePrefix?: string) {
  const context = deployContext(aws, clock, {layout, templateBucket, templatePrefix})
  await runWorkflow(deploySurvey, context, {clock, tell: silent, signal})
  await deploy(context, {startedAt: clock.now(), tell: silent, signal})
  aws.calls.length = 0
  aws.stacks.calls.length = 0
}

async function run() {
  const context = teardownContext(aws, clock)
  await runWorkflow(teardownSurvey, context, {clock, tell: silent, signal})
  return teardown(context, {startedAt: clock.now(), tell: silent, signal})
}

describe('teardown', () => {
  it('removes the root with everything in it, then the bucket that mcpgw made', async () => {
    await putStack('nested')
    const result = await run()
    expect(aws.stacks.calls).toEqual(['delete demo'])
    expect(result.removed.map(({stack}) => stack)).toEqual([
      'demo-ServicesStack-1A2B',
      'demo-ComputeStack-1A2B',
      'demo-DataStack-1A2B',
      'demo-NetworkStack-1A2B',
      'demo',
    ])
    expect(result.removed.every(({status}) => status === 'DELETE_COMPLETE')).toBe(true)
    expect(result.cleaned).toContainEqual({kind: 'bucket', name: bucket})
    expect(result.remaining).toEqual([])
  })

  it('goes on without a forecast when the templates may not be read, but not after another failure', async () => {
    await putStack('nested')
    const {template} = aws.stacks
    aws.stacks.template = async () => {
      throw failed('NETWORK', 'Nobody answers.')
    }
    await expect(run()).rejects.toMatchObject({code: 'NETWORK'})
    aws.stacks.template = async () => {
      throw failed('ACCESS_DENIED', 'You may not.')
    }
    expect((await run()).remaining).toEqual([])
    aws.stacks.template = template
  })

  it('removes individual stacks in reverse', async () => {
    await putStack('individual')
    await run()
    expect(aws.stacks.calls[0]).toBe('delete demo-services')
    expect(aws.stacks.calls.slice(1, 3).sort()).toEqual(['delete demo-compute', 'delete demo-data'])
    expect(aws.stacks.calls[3]).toBe('delete demo-network')
  })

  it('finds nothing the second time', async () => {
    await putStack('nested')
    await run()
    const result = await run()
    expect(result).toMatchObject({removed: [], cleaned: [], remaining: []})
  })

  it('finishes a teardown that was cut off before the remaining resources were removed', async () => {
    aws.bucketTags.set(bucket, {'mcpgw:environment': 'demo'})
    aws.groups.add('/ecs/demo-registry')
    const result = await run()
    expect(result.cleaned).toEqual([
      {kind: 'log-group', name: '/ecs/demo-registry'},
      {kind: 'bucket', name: bucket},
    ])
  })

  it('leaves the templates to whoever creates the environment again, and says that it comes back', async () => {
    await putStack('nested')
    const list = aws.logGroups.containing
    aws.logGroups.containing = async part => {
      if ((await aws.stacks.describe('demo')) === undefined)
        aws.stacks.putStack('demo', 'CREATE_IN_PROGRESS', {tags: {'mcpgw:environment': 'demo'}})
      return list(part)
    }
    const arn = 'arn:aws:cloudformation:us-west-2:1:stack/demo/2'
    aws.taggedResources = [{arn, kind: 'cloudformation:stack', name: 'demo/2'}]
    const begin = clock.now()
    const result = await run()
    expect(aws.bucketTags.has(bucket)).toBe(true)
    expect(result.cleaned).toEqual([])
    expect(result.remaining).toEqual([
      {
        cost: null,
        owner: 'the environment',
        kind: 'cloudformation:stack',
        name: 'demo',
        reason: 'Someone has started to create the environment again; the stack is in CREATE_IN_PROGRESS.',
        kept: false,
        command: 'mcpgw teardown --environment demo',
      },
    ])
    expect(clock.now() - begin).toBeLessThan(3 * 60_000)
  })

  it('takes no stack of somebody else for its own come back', async () => {
    await putStack('nested')
    const list = aws.logGroups.containing
    aws.logGroups.containing = async part => {
      if ((await aws.stacks.describe('demo')) === undefined)
        aws.stacks.putStack('demo', 'CREATE_IN_PROGRESS', {tags: {}})
      return list(part)
    }
    expect((await run()).cleaned).toContainEqual({kind: 'bucket', name: bucket})
  })

  it('deletes log groups of this environment only', async () => {
    await putStack('nested')
    const own = [
      '/ecs/demo-registry',
      '/aws/codebuild/demo-container-build',
      '/aws/ecs/containerinsights/demo-ecs-cluster/performance',
      '/aws/events/ecs/containerinsights/demo-ecs-cluster/performance',
    ]
    const others = [
      '/ecs/demo-2-registry',
      '/aws/lambda/demo-2-build-trigger',
      '/aws/ecs/containerinsights/demo-2-ecs-cluster/performance',
      '/aws/events/ecs/containerinsights/demo-2-ecs-cluster/performance',
      '/ecs/demo-registry-of-mine',
    ]
    for (const name of [...own, ...others]) aws.groups.add(name)
    await run()
    expect([...aws.groups]).toEqual(others)
  })

  it('touches nothing when the stack is not ours', async () => {
    aws.stacks.putStack('demo', 'CREATE_COMPLETE')
    await expect(run()).rejects.toMatchObject({code: 'NOT_OURS', exitCode: 3})
    expect(aws.stacks.calls).toEqual([])
  })

  it.each([
    ['nested', ['demo-2', 'demo-network', 'demo-services']],
    ['individual', ['demo-2', 'demo-networks']],
  ] as const)('in layout %s never touches the environments %j', async (layout, others) => {
    await putStack(layout)
    for (const other of others) {
      aws.stacks.putStack(other, 'CREATE_COMPLETE', {tags: {'mcpgw:environment': other}})
    }
    const result = await run()
    expect(result.removed).toHaveLength(layout === 'nested' ? 5 : 4)
    const left = await Promise.all(others.map(other => aws.stacks.describe(other)))
    expect(left.map(stack => stack?.status)).toEqual(others.map(() => 'CREATE_COMPLETE'))
  })

  it('names the environment whose stack it does not delete, and never advises to delete that', async () => {
    aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags: {'mcpgw:environment': 'other'}})
    const error = (await run().catch((reason: unknown) => reason)) as McpgwError
    expect(error).toMatchObject({code: 'NOT_OURS', message: expect.stringContaining('environment other')})
    expect(error.hint).not.toContain('delete-stack')
  })

  it('leaves the templates of another environment with the same prefix where they are', async () => {
    aws.bucketTags.set('mine', {})
    aws.objects.set('mine/classes/demo-2/0123456789ab/main-stack.yaml', 'of demo-2')
    await putStack('nested', 'mine', 'classes/')
    const result = await run()
    expect([...aws.objects.keys()]).toEqual(['mine/classes/demo-2/0123456789ab/main-stack.yaml'])
    expect(result.cleaned).toContainEqual({kind: 'objects', name: 's3://mine/classes/demo/0123456789ab/'})
  })

  it('refuses a protected stack and says how to lift it', async () => {
    aws.stacks.putStack('demo', 'CREATE_COMPLETE', {
      tags: {'mcpgw:environment': 'demo'},
      terminationProtection: true,
    })
    const error = await run().catch((reason: unknown) => reason)
    expect(error).toMatchObject({code: 'TERMINATION_PROTECTED', exitCode: 3})
    expect((error as McpgwError).hint).toContain('--no-enable-termination-protection --stack-name demo')
  })

  it('leaves log groups and buckets alone that nothing shows to be ours', async () => {
    aws.groups.add('/ecs/demo-registry')
    aws.bucketTags.set(bucket, {})
    const result = await run()
    expect(result).toMatchObject({cleaned: [], remaining: []})
    expect([...aws.groups]).toEqual(['/ecs/demo-registry'])
    expect(aws.bucketTags.has(bucket)).toBe(true)
    expect(result.unknown).toEqual([
      {
        kind: 'logs:log-group',
        name: '/ecs/demo-registry',
        reason: expect.stringContaining('Whether mcpgw created it is unknown'),
        command: 'aws logs delete-log-group --log-group-name /ecs/demo-registry --region us-west-2',
      },
      {
        kind: 's3:bucket',
        name: bucket,
        reason: expect.stringContaining('does not have the tag mcpgw:environment=demo'),
        command: expect.stringMatching(new RegExp(`^aws s3 rb --force s3://${bucket} --region us-west-2$`)),
      },
    ])
    expect(result.next).toContain('`mcpgw teardown --environment demo`')
  })

  it('names the command that looks again after --prove, and not the one that removes', async () => {
    const context = {...teardownContext(aws, clock), provesOnly: true}
    await runWorkflow(teardownSurvey, context, {clock, tell: silent, signal})
    context.unknown.push({kind: 's3:bucket', name: bucket, reason: 'Nobody knows.', command: ''})
    const {next} = await teardown(context, {startedAt: clock.now(), tell: silent, signal})
    expect(next).toContain('`mcpgw teardown --environment demo --prove`')
  })

  it('does not take a bucket for its own that lost its tag while the stacks existed, and says so', async () => {
    await putStack('nested')
    aws.bucketTags.set(bucket, {})
    expect(await run()).toMatchObject({unknown: [{kind: 's3:bucket', name: bucket}]})
    expect(aws.bucketTags.has(bucket)).toBe(true)
  })

  it('continues past what AWS refuses, and says what could not be told or removed', async () => {
    await putStack('nested')
    aws.groups.add('/ecs/demo-registry')
    const denied = (call: string) => async () => {
      throw failed('ACCESS_DENIED', `The credentials may not call ${call}.`)
    }
    aws.buckets.empty = denied('s3:DeleteObject')
    aws.tagged.withTag = denied('tag:GetResources')
    const result = await run()
    expect(result.removed).toHaveLength(childStacks.length + 1)
    expect(result.cleaned).toEqual([{kind: 'log-group', name: '/ecs/demo-registry'}])
    expect(result.remaining.map(({kind, name, command}) => [kind, name, command])).toEqual([
      [
        's3:bucket',
        bucket,
        expect.stringMatching(new RegExp(`^aws s3 rb --force s3://${bucket} --region us-west-2$`)),
      ],
    ])
    expect(result.unknown).toEqual([
      {
        kind: 'tagged resources',
        name: 'us-west-2',
        reason: 'The credentials may not call tag:GetResources.',
        command:
          'aws resourcegroupstaggingapi get-resources --tag-filters Key=mcpgw:environment,Values=demo --region us-west-2',
      },
    ])
  })

  it('says which log groups it could not look for, and keeps the trace by which the next run finds them', async () => {
    await putStack('nested')
    aws.groups.add('/ecs/demo-registry')
    const {containing} = aws.logGroups
    aws.logGroups.containing = async () => {
      throw failed('ACCESS_DENIED', 'The credentials may not call logs:DescribeLogGroups.')
    }
    const {unknown, remaining} = await run()
    expect(unknown.map(({name}) => name)).toContain('*demo*')
    expect(unknown.every(({command}) => command?.startsWith('aws logs describe-log-groups '))).toBe(true)
    expect(remaining).toMatchObject([{name: bucket, command: 'mcpgw teardown --environment demo'}])
    aws.logGroups.containing = containing
    expect(await run()).toMatchObject({
      cleaned: [
        {kind: 'log-group', name: '/ecs/demo-registry'},
        {kind: 'bucket', name: bucket},
      ],
      remaining: [],
      unknown: [],
      next: null,
    })
  })

  it('names a log group that it may not delete with what deletes it', async () => {
    await putStack('nested')
    aws.groups.add('/ecs/demo-registry')
    aws.logGroups.delete = async () => {
      throw failed('ACCESS_DENIED', 'The credentials may not call logs:DeleteLogGroup.')
    }
    expect((await run()).remaining[0]).toEqual({
      cost: null,
      owner: 'the environment',
      kind: 'logs:log-group',
      name: '/ecs/demo-registry',
      reason: 'The credentials may not call logs:DeleteLogGroup.',
      kept: false,
      command: 'aws logs delete-log-group --log-group-name /ecs/demo-registry --region us-west-2',
    })
  })

  it('looks where AWS shows what has no region, and leaves that of a namesake elsewhere alone', async () => {
    await putStack('nested')
    const made = (id: string, region: string) => ({
      arn: `arn:aws:cloudfront::1:distribution/${id}`,
      kind: 'cloudfront:distribution',
      name: id,
      stackId: `arn:aws:cloudformation:${region}:1:stack/demo/1`,
    })
    aws.globalResources = [made('OURS', 'us-west-2'), made('THEIRS', 'eu-west-1')]
    const {remaining} = await run()
    expect(remaining).toMatchObject([
      {
        name: 'OURS',
        command: expect.stringMatching(
          /^aws cloudcontrol delete-resource --type-name AWS::CloudFront::Distribution --identifier OURS /,
        ),
      },
    ])
  })

  describe('where a policy forbids the region that lists what has no region', () => {
    const function_ = {
      arn: 'arn:aws:cloudfront::1:function/demo-keycloak-viewers-us-west-2',
      kind: 'cloudfront:function',
      name: 'demo-keycloak-viewers-us-west-2',
    }

    beforeEach(async () => {
      await putStack('nested')
      aws.tagged.globalWithTag = async () => {
        throw failed('ACCESS_DENIED', 'The credentials may not call tag:GetResources.')
      }
    })

    it('asks CloudFront itself, and has looked at everything', async () => {
      expect(await run()).toMatchObject({remaining: [], unknown: [], next: null})
    })

    it('names what CloudFront shows', async () => {
      const arn = 'arn:aws:cloudfront::1:distribution/OURS'
      aws.ownDistributions = [{arn, kind: 'cloudfront:distribution', name: 'OURS'}]
      aws.viewerFunctions.set('demo-keycloak-viewers-us-west-2', {...function_, tags: {}})
      const {remaining, unknown} = await run()
      expect(remaining.map(({kind, name}) => [kind, name])).toEqual([
        ['cloudfront:distribution', 'OURS'],
        ['cloudfront:function', 'demo-keycloak-viewers-us-west-2'],
      ])
      expect(unknown).toEqual([])
    })

    it('takes no function for ours that another one has tagged', async () => {
      const tags = {'mcpgw:environment': 'other'}
      aws.viewerFunctions.set('demo-keycloak-viewers-us-west-2', {...function_, tags})
      expect(await run()).toMatchObject({remaining: [], unknown: []})
    })

    it('says that nobody could look where CloudFront may not be asked either', async () => {
      aws.distributions.withTag = async () => {
        throw failed('ACCESS_DENIED', 'The credentials may not call cloudfront:ListDistributions.')
      }
      const {unknown} = await run()
      expect(unknown).toMatchObject([
        {
          kind: 'tagged resources',
          name: 'us-east-1',
          reason:
            'The credentials may not call tag:GetResources. CloudFront itself cannot be asked either: The credentials may not call cloudfront:ListDistributions.',
        },
      ])
    })
  })

  it('names what CloudFormation left in place and no list shows', async () => {
    await putStack('nested')
    const services = (await aws.stacks.resources('demo')).at(-1)?.physicalId ?? ''
    aws.stacks.happen(services, 'Role', 'AWS::IAM::Role', 'DELETE_SKIPPED', 0)
    aws.stacks.happen(services, 'Record', 'AWS::Route53::RecordSet', 'DELETE_SKIPPED', 0)
    // IAM itself has been asked for roles.
    expect((await run()).unknown).toMatchObject([
      {
        kind: 'AWS::Route53::RecordSet',
        name: 'Record-1',
        command:
          'aws cloudcontrol delete-resource --type-name AWS::Route53::RecordSet --identifier Record-1 --region us-west-2',
      },
    ])
  })

  it.each(['nested', 'individual'] as const)(
    "empties only the folder it used in the user's own bucket (%s)",
    async layout => {
      aws.bucketTags.set('mine', {})
      aws.objects.set('mine/demo/notes.txt', 'keep')
      await putStack(layout, 'mine')
      const result = await run()
      expect([...aws.objects.keys()]).toEqual(['mine/demo/notes.txt'])
      expect(result.cleaned).toContainEqual({kind: 'objects', name: 's3://mine/demo/0123456789ab/'})
      expect(aws.bucketTags.has('mine')).toBe(true)
    },
  )

  it('reports the first cause when a stack cannot be deleted', async () => {
    await putStack('individual')
    aws.stacks.failDeletion = '-compute'
    const error = await run().catch((reason: unknown) => reason)
    expect(error).toMatchObject({code: 'STACK_FAILED', exitCode: 1})
    expect((error as McpgwError).message).toContain(
      'in compute, BuildProject (AWS::CodeBuild::Project) failed: It is in use',
    )
    expect(aws.stacks.calls).not.toContain('delete demo-network')
  })

  it('names what is there, but not keys that wait for their deletion, nor what only the list of tags has', async () => {
    await putStack('nested')
    aws.taggedResources = [
      {arn: 'arn:aws:kms:us-west-2:1:key/a', kind: 'kms:key', name: 'a'},
      {arn: 'arn:aws:kms:us-west-2:1:key/b', kind: 'kms:key', name: 'b'},
      {arn: 'arn:aws:ecs:us-west-2:1:task-definition/x:1', kind: 'ecs:task-definition', name: 'x:1'},
      {arn: 'arn:aws:ec2:us-west-2:1:vpc/Vpc-1', kind: 'ec2:vpc', name: 'Vpc-1'},
    ]
    aws.goneThings.add('arn:aws:ec2:us-west-2:1:vpc/Vpc-1')
    aws.keyStates.set('arn:aws:kms:us-west-2:1:key/a', 'PendingDeletion')
    aws.keyStates.set('arn:aws:kms:us-west-2:1:key/b', 'Enabled')
    const result = await run()
    expect(result.remaining.map(({kind, name}) => `${kind} ${name}`)).toEqual([
      'ecs:task-definition x:1',
      'kms:key b',
    ])
    expect(result.proof).toMatchObject({certified: false, pending: [{kind: 'kms:key', name: 'a'}]})
  })

  it('names what was to outlive the environment as kept, and does not wait for it to go', async () => {
    await putStack('nested')
    aws.taggedResources = [
      {arn: 'arn:aws:rds:us-west-2:1:cluster-snapshot:last', kind: 'rds:cluster-snapshot', name: 'last'},
    ]
    const before = clock.now()
    const result = await run()
    expect(result.remaining).toMatchObject([{name: 'last', kept: true, cost: {usd: 0.021}}])
    expect(clock.now() - before).toBeLessThan(120_000)
  })

  it('deletes snapshots when that is asked, and only then', async () => {
    await putStack('nested')
    const arn = 'arn:aws:rds:us-west-2:1:cluster-snapshot:last'
    aws.taggedResources = [{arn, kind: 'rds:cluster-snapshot', name: 'last'}]
    const context = {...teardownContext(aws, clock), deleteSnapshots: true}
    await runWorkflow(teardownSurvey, context, {clock, tell: silent, signal})
    const result = await teardown(context, {startedAt: clock.now(), tell: silent, signal})
    expect(aws.calls).toContain('delete-snapshot last')
    expect(result).toMatchObject({remaining: [], proof: {certified: true}})
    expect(result.cleaned).toContainEqual({kind: 'rds:cluster-snapshot', name: 'last'})
  })

  it('never says that it removed what is still there, whatever the deletion was answered', async () => {
    await putStack('nested')
    aws.groups.add('/ecs/demo-registry')
    aws.logGroups.delete = async () => {}
    const arn = 'arn:aws:logs:us-west-2:1:log-group:/ecs/demo-registry'
    const id = '/ecs/demo-registry'
    aws.existingThings = [{kind: 'logs:log-group', arn, name: id, id}]
    const result = await run()
    expect(result.cleaned).not.toContainEqual({kind: 'log-group', name: id})
    expect(result).toMatchObject({remaining: [{name: id, kept: false}], proof: {certified: false}})
  })

  it.each([
    ['PendingDeletion', false],
    [undefined, false],
    ['Enabled', true],
  ])('names a snapshot whose key is in state %s as kept: %s', async (state, kept) => {
    await putStack('nested')
    const key = 'arn:aws:kms:us-west-2:1:key/a'
    aws.taggedResources = [
      {arn: 'arn:aws:rds:us-west-2:1:cluster-snapshot:last', kind: 'rds:cluster-snapshot', name: 'last'},
    ]
    aws.clusterSnapshots.set('last', {status: 'available', looks: 0, key})
    if (state !== undefined) aws.keyStates.set(key, state)
    const result = await run()
    expect(result.remaining).toMatchObject([
      {name: 'last', kept, reason: expect.stringContaining(kept ? 'outlive' : 'can no longer be read')},
    ])
  })
})
