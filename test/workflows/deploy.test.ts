import {beforeEach, describe, expect, it} from 'vitest'
import type {Clock} from '../../src/clock.js'
import {services} from '../../src/environment/services.js'
import {childStacks} from '../../src/environment/stacks.js'
import {McpgwError} from '../../src/errors.js'
import {type ProgressSink, silent} from '../../src/progress.js'
import type {DeploySettings} from '../../src/steps/deploy/context.js'
import {deploy, deploySurvey} from '../../src/workflows/deploy.js'
import {runWorkflow} from '../../src/workflows/run-workflow.js'
import {deployContext, listener} from '../helpers/contexts.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

const tags = {'mcpgw:environment': 'demo'}
let clock: Clock
let aws: FakeAws

beforeEach(() => {
  clock = virtualClock()
  aws = new FakeAws(clock)
})

async function run(
  settings: Partial<DeploySettings> = {},
  tell: ProgressSink = silent,
  signal = new AbortController().signal,
) {
  const context = deployContext(aws, clock, settings)
  await runWorkflow(deploySurvey, context, {clock, tell, signal})
  return deploy(context, {startedAt: clock.now(), tell, signal})
}

async function failureOf(promise: Promise<unknown>): Promise<McpgwError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof McpgwError)) throw new Error(`expected a McpgwError, got ${String(error)}`)
  return error
}

describe('deploy, nested', () => {
  it('creates bucket, templates and stacks, and reports all five with the seconds of their own events', async () => {
    const result = await run()
    expect(result.operation).toBe('create')
    expect(result.account).toBe('123456789012')
    expect(result.stacks.map(({logicalId, status}) => [logicalId, status])).toEqual([
      ['demo', 'CREATE_COMPLETE'],
      ['NetworkStack', 'CREATE_COMPLETE'],
      ['DataStack', 'CREATE_COMPLETE'],
      ['ComputeStack', 'CREATE_COMPLETE'],
      ['ServicesStack', 'CREATE_COMPLETE'],
    ])
    expect(result.stacks.every(({durationSeconds}) => durationSeconds > 0)).toBe(true)
    expect(result.verification?.healthy).toBe(true)
    expect(aws.calls[0]).toBe('create-bucket mcpgw-demo-123456789012-us-west-2')
    expect([...aws.objects.keys()]).toContain(
      'mcpgw-demo-123456789012-us-west-2/demo/0123456789ab/main-stack.yaml',
    )
  })

  it('passes the looked-up prefix list and the template location', async () => {
    await run({parameters: {TargetCpuUtilization: '60'}})
    const stack = await aws.stacks.describe('demo')
    expect(stack?.parameters).toEqual({
      EnvironmentName: 'demo',
      TemplateS3Bucket: 'mcpgw-demo-123456789012-us-west-2',
      TemplateS3Prefix: 'demo/0123456789ab/',
      CloudFrontPrefixListId: 'pl-1',
      TargetCpuUtilization: '60',
    })
  })

  it('says that nothing changed the second time, and uploads nothing again', async () => {
    await run()
    aws.calls.length = 0
    const result = await run()
    expect(result.operation).toBe('none')
    expect(result.build).toBeNull()
    expect(aws.calls).toEqual([])
  })

  it('keeps earlier parameters on an update', async () => {
    await run({parameters: {AdminPassword: 'long-enough-1'}})
    const result = await run({parameters: {TargetCpuUtilization: '60'}})
    expect(result.operation).toBe('update')
    const stack = await aws.stacks.describe('demo')
    expect(stack?.parameters).toMatchObject({AdminPassword: 'long-enough-1', TargetCpuUtilization: '60'})
  })

  /** A creation of someone else that takes two minutes, made with the same templates. */
  function creating(parameters: Record<string, string> = {}): string {
    const id = aws.stacks.putStack('demo', 'CREATE_IN_PROGRESS', {
      tags,
      parameters: {
        EnvironmentName: 'demo',
        CloudFrontPrefixListId: 'pl-1',
        TemplateS3Bucket: 'b',
        TemplateS3Prefix: 'p/0123456789ab/',
        ...parameters,
      },
    })
    aws.stacks.happen(id, 'demo', 'AWS::CloudFormation::Stack', 'CREATE_COMPLETE', 120)
    return id
  }

  it('attaches to a creation that runs, and changes nothing when nothing else was given', async () => {
    creating()
    const result = await run()
    expect(result.operation).toBe('attached')
    expect(aws.stacks.calls).toEqual(['update demo'])
    expect((await aws.stacks.describe('demo'))?.status).toBe('CREATE_COMPLETE')
  })

  it('applies what it was given after the creation that it attached to', async () => {
    creating({TargetCpuUtilization: '70'})
    const result = await run({parameters: {TargetCpuUtilization: '60'}})
    expect(result.operation).toBe('attached')
    const stack = await aws.stacks.describe('demo')
    expect(stack).toMatchObject({status: 'UPDATE_COMPLETE', parameters: {TargetCpuUtilization: '60'}})
  })

  it('applies what it was given after an update that a killed run left running', async () => {
    const id = creating({TargetCpuUtilization: '70'})
    await clock.sleep(300_000)
    aws.stacks.happen(id, 'demo', 'AWS::CloudFormation::Stack', 'UPDATE_IN_PROGRESS', 0)
    aws.stacks.happen(id, 'demo', 'AWS::CloudFormation::Stack', 'UPDATE_COMPLETE', 60)
    const result = await run({parameters: {TargetCpuUtilization: '60'}})
    expect(result.operation).toBe('attached')
    expect((await aws.stacks.describe('demo'))?.parameters).toMatchObject({TargetCpuUtilization: '60'})
  })

  it('speaks of its own update when that fails after attaching', async () => {
    creating({TargetCpuUtilization: '70'})
    aws.stacks.resourcesOf.set('main-stack.yaml', [
      {logicalId: 'Alarm', type: 'AWS::CloudWatch::Alarm', fails: 'Bad threshold'},
    ])
    const error = await failureOf(run({parameters: {TargetCpuUtilization: '60'}}))
    expect(error.message).toContain('could not update the stack (demo ended in UPDATE_ROLLBACK_COMPLETE)')
    expect(error.hint).toContain('is as it was before the update')
  })

  it('reports the build of its own update, not that of the operation it attached to', async () => {
    const id = creating({TargetCpuUtilization: '70'})
    aws.stacks.happen(id, 'BuildProject', 'AWS::CodeBuild::Project', 'CREATE_COMPLETE', 5)
    const build = (number: number, startedAt: number) => ({
      id: `demo-container-build:${number}`,
      number,
      status: 'SUCCEEDED',
      currentPhase: 'COMPLETED',
      complete: true,
      startedAt,
      endedAt: startedAt + 20_000,
      phases: [],
      environment: {},
    })
    const begin = clock.now()
    aws.builds.latest = async () =>
      clock.now() < begin + 200_000 ? build(1, begin + 10_000) : build(2, begin + 200_000)
    aws.builds.describe = async () => aws.builds.latest('')
    const result = await run({parameters: {TargetCpuUtilization: '60'}})
    expect(result.build?.id).toBe('demo-container-build:2')
  })

  it('does not take an export of images, which runs beside, for its own build', async () => {
    const id = creating()
    aws.stacks.happen(id, 'BuildProject', 'AWS::CodeBuild::Project', 'CREATE_COMPLETE', 5)
    aws.builds.latest = async () => ({
      id: 'demo-container-build:1',
      number: 1,
      status: 'SUCCEEDED',
      currentPhase: 'COMPLETED',
      complete: true,
      startedAt: clock.now(),
      endedAt: clock.now(),
      phases: [],
      environment: {EXPORT_BUCKET: 'images', EXPORT_PREFIX: ''},
    })
    expect((await run()).build).toBeNull()
  })

  it('attaches when somebody else creates the stack a moment earlier', async () => {
    aws.stacks.before = call => {
      if (call !== 'create demo') return
      aws.stacks.before = () => {}
      creating()
      throw new McpgwError('Stack [demo] already exists', {code: 'ALREADY_EXISTS', exitCode: 1})
    }
    const heard = listener()
    const result = await run({}, heard.tell)
    expect(result.operation).toBe('attached')
    expect(aws.stacks.calls).not.toContain('create demo')
    expect(heard.notes().join()).toContain('Someone else started an operation on stack demo')
  })

  it('attaches when somebody else updates the stack a moment earlier', async () => {
    await run()
    aws.stacks.before = call => {
      if (call !== 'update demo') return
      aws.stacks.before = () => {}
      const name = 'arn:aws:cloudformation:us-west-2:123456789012:stack/demo/1'
      aws.stacks.happen(name, 'demo', 'AWS::CloudFormation::Stack', 'UPDATE_IN_PROGRESS', 0)
      aws.stacks.happen(name, 'demo', 'AWS::CloudFormation::Stack', 'UPDATE_COMPLETE', 60)
      throw new McpgwError('is in UPDATE_IN_PROGRESS state', {code: 'STACK_BUSY', exitCode: 1})
    }
    const result = await run({parameters: {TargetCpuUtilization: '60'}})
    expect(result.operation).toBe('attached')
    expect((await aws.stacks.describe('demo'))?.parameters).toMatchObject({TargetCpuUtilization: '60'})
  })

  it('looks again once only, and never touches what somebody else made in between', async () => {
    aws.stacks.before = call => {
      if (call === 'create demo') throw new McpgwError('exists', {code: 'ALREADY_EXISTS', exitCode: 1})
    }
    expect(await failureOf(run())).toMatchObject({code: 'ALREADY_EXISTS'})
    aws.stacks.before = call => {
      if (call !== 'create demo') return
      aws.stacks.putStack('demo', 'CREATE_COMPLETE')
      throw new McpgwError('exists', {code: 'ALREADY_EXISTS', exitCode: 1})
    }
    expect(await failureOf(run())).toMatchObject({code: 'NOT_OURS', exitCode: 3})
    expect(aws.stacks.calls).toEqual([])
  })

  it('deletes what a failed creation left, says so, and creates again', async () => {
    aws.stacks.putStack('demo', 'ROLLBACK_COMPLETE', {tags})
    const heard = listener()
    const result = await run({}, heard.tell)
    expect(aws.stacks.calls).toEqual(['delete demo', 'create demo'])
    expect(result.operation).toBe('create')
    expect(heard.notes()).toContain(
      'Deleting stack demo first: it is left over from a failed creation (ROLLBACK_COMPLETE)',
    )
  })

  it('names the first real failure, not what followed from it', async () => {
    aws.stacks.resourcesOf.set('compute-stack.yaml', [
      {logicalId: 'Cancelled', type: 'AWS::SNS::Topic', fails: 'Resource creation cancelled'},
      {logicalId: 'Alb', type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', fails: 'Quota exceeded'},
    ])
    const error = await failureOf(run())
    expect(error).toMatchObject({code: 'STACK_FAILED', exitCode: 1})
    expect(error.message).toBe(
      'CloudFormation could not create the stack (demo ended in ROLLBACK_COMPLETE): in compute, Alb (AWS::ElasticLoadBalancingV2::LoadBalancer) failed: Quota exceeded.',
    )
    expect(error.hint).toBe(
      'Delete what is not in use, or request an increase of the quota that the message names in Service Quotas. Correct the cause, then run `mcpgw deploy --environment demo`: it removes what is left of stack demo and starts over.',
    )
    expect(error.diagnosis).toMatchObject({
      stack: 'demo / ComputeStack',
      logicalId: 'Alb',
      reason: 'Quota exceeded',
      cancelled: 1,
    })
  })

  it('tells of the first real failure in the poll that brings it, while the rollback still runs', async () => {
    aws.stacks.resourcesOf.set('compute-stack.yaml', [
      {logicalId: 'Alb', type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', fails: 'Quota exceeded'},
    ])
    const told: {at: number; what: string}[] = []
    await failureOf(
      run({}, event => {
        if (event.kind === 'failure-cause') told.push({at: clock.now(), what: event.diagnosis.logicalId})
        if (event.kind !== 'stack-event') return
        const {logicalId, status} = event.event
        told.push({at: clock.now(), what: `${logicalId} ${status}`})
      }),
    )
    const at = told.findIndex(({what}) => what === 'Alb')
    expect(told[at - 1]).toEqual({at: told[at]?.at, what: 'Alb CREATE_FAILED'})
    expect(told.filter(({what}) => what === 'Alb')).toHaveLength(1)
    expect(told.findIndex(({what}) => what === 'demo ROLLBACK_COMPLETE')).toBeGreaterThan(at)
  })

  it('adds the log of a failed image build', async () => {
    aws.stacks.resourcesOf.set('compute-stack.yaml', [
      {logicalId: 'BuildProject', type: 'AWS::CodeBuild::Project'},
      {logicalId: 'Images', type: 'Custom::Build', fails: 'The build failed'},
    ])
    aws.build = {
      id: 'demo-container-build:1',
      number: 1,
      status: 'FAILED',
      currentPhase: 'COMPLETED',
      complete: true,
      startedAt: clock.now() + 60_000,
      endedAt: clock.now() + 90_000,
      phases: [{name: 'BUILD', status: 'FAILED', seconds: 30, message: 'exit status 1'}],
      logs: {group: '/aws/codebuild/demo-container-build', stream: '1'},
      environment: {},
    }
    const error = await failureOf(run())
    expect(error.message).toContain(
      'The image build demo-container-build:1 ended FAILED in phase BUILD: exit status 1.',
    )
    expect(error.logs).toBe('CloudWatch Logs, group /aws/codebuild/demo-container-build, stream 1')
    // The build's own answer to CloudFormation names it all: nothing is said twice.
    const own =
      'The image build demo-container-build:1 ended with FAILED in phase BUILD. Log: x, stream 1. exit status 1'
    const build = aws.build
    aws = new FakeAws(clock)
    aws.build = {...build, startedAt: clock.now() + 60_000, endedAt: clock.now() + 90_000}
    aws.stacks.resourcesOf.set('compute-stack.yaml', [
      {logicalId: 'BuildProject', type: 'AWS::CodeBuild::Project'},
      {logicalId: 'Images', type: 'Custom::Build', fails: own},
    ])
    const once = await failureOf(run())
    expect(once.message.match(/image build/g)).toHaveLength(1)
    expect(once.message.match(/exit status 1/g)).toHaveLength(1)
    expect(once.logs).toBe(error.logs)
  })

  it('deploys beside an environment whose root has the name of one of its individual stacks', async () => {
    aws.stacks.putStack('demo-network', 'CREATE_COMPLETE', {tags: {'mcpgw:environment': 'demo-network'}})
    expect((await run({replace: true})).operation).toBe('create')
    expect(aws.stacks.calls).toEqual(['create demo'])
  })

  it('refuses to take the name of another environment', async () => {
    aws.stacks.putStack('demo-network', 'CREATE_COMPLETE', {tags: {'mcpgw:environment': 'demo-network'}})
    const error = await failureOf(run({layout: 'individual'}))
    expect(error).toMatchObject({code: 'NOT_OURS', exitCode: 3})
    expect(error.message).toContain('demo-network')
    expect(aws.calls).toEqual([])
    expect(aws.stacks.calls).toEqual([])
  })

  it.each([
    ['classes/', 'classes/demo/0123456789ab/'],
    ['classes/demo/', 'classes/demo/0123456789ab/'],
    ['demo/', 'demo/0123456789ab/'],
    ['my-demo/', 'my-demo/demo/0123456789ab/'],
  ])('puts the templates under %s into a folder of its own', async (templatePrefix, prefix) => {
    await run({templatePrefix})
    const stack = await aws.stacks.describe('demo')
    expect(stack?.parameters.TemplateS3Prefix).toBe(prefix)
  })

  it('refuses a stack that mcpgw did not make', async () => {
    aws.stacks.putStack('demo', 'CREATE_COMPLETE')
    expect(await failureOf(run())).toMatchObject({code: 'NOT_OURS', exitCode: 3})
    expect(aws.stacks.calls).toEqual([])
  })

  it.each([
    ['UPDATE_FAILED', 'rollback-stack'],
    ['IMPORT_ROLLBACK_FAILED', 'mcpgw teardown'],
  ])('refuses %s and says what to run', async (status, command) => {
    aws.stacks.putStack('demo', status, {tags})
    const error = await failureOf(run())
    expect(error).toMatchObject({code: 'STACK_NEEDS_ATTENTION', exitCode: 3})
    expect(error.hint).toContain(command)
  })

  it('continues a rollback that got stuck, with a note, and then updates', async () => {
    aws.stacks.putStack('demo', 'UPDATE_ROLLBACK_FAILED', {tags})
    const heard = listener()
    expect((await run({}, heard.tell)).operation).toBe('update')
    expect(aws.stacks.calls).toEqual(['continue demo', 'update demo'])
    expect(heard.notes()).toContain(
      'Stack demo is stuck in the rollback of its last update: continuing that first',
    )
  })

  it('names what blocks a rollback that gets stuck again, and the recommended actions', async () => {
    aws.stacks.putStack('demo', 'UPDATE_ROLLBACK_FAILED', {tags})
    aws.stacks.failDeletion = 'demo'
    const error = await failureOf(run())
    expect(error).toMatchObject({code: 'STACK_FAILED', exitCode: 1, resource: 'demo/Registry'})
    expect(error.message).toContain('could not finish the rollback of the last update')
    expect(error.hint).toContain('--resources-to-skip')
    expect(error.hint).toContain('mcpgw deploy --environment demo --replace')
  })

  it('deletes what is left of a deletion that failed, and creates it anew', async () => {
    aws.stacks.putStack('demo', 'DELETE_FAILED', {tags})
    const heard = listener()
    expect((await run({}, heard.tell)).operation).toBe('create')
    expect(aws.stacks.calls).toEqual(['delete demo', 'create demo'])
    expect(heard.notes()).toContain(
      'Deleting stack demo first: it is left over from a deletion that failed (DELETE_FAILED)',
    )
  })

  it('refuses a template bucket of another account', async () => {
    aws.bucketTags.set('taken', 'other-account')
    expect(await failureOf(run({templateBucket: 'taken'}))).toMatchObject({
      code: 'BUCKET_NOT_OURS',
      exitCode: 3,
    })
  })

  it('waits for an update that somebody else began before it calls anything unhealthy', async () => {
    const id = aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags})
    aws.elb.clear()
    const heard = listener()
    const result = await run({}, event => {
      heard.tell(event)
      if (event.kind === 'step-started' && event.id === 'verify') {
        aws.stacks.happen(id, 'demo', 'AWS::CloudFormation::Stack', 'UPDATE_IN_PROGRESS', 0)
        aws.stacks.happen(id, 'demo', 'AWS::CloudFormation::Stack', 'UPDATE_COMPLETE', 1800)
      }
    })
    expect(heard.notes()).toContain(
      'Someone else has an operation in progress on stack demo: checking again when it has ended',
    )
    // What is wrong after it is wrong.
    expect(result.verification?.healthy).toBe(false)
    expect(clock.now() - Date.UTC(2026, 0, 1)).toBeGreaterThan(1_800_000)
  })

  it('ends with exit code 1 in the result when it does not become healthy', async () => {
    aws.health.set('arn:demo-auth-tg', [
      {id: '10.0.0.1', port: 8888, state: 'unhealthy', reason: 'Target.Timeout'},
    ])
    const result = await run()
    expect(result.verification?.healthy).toBe(false)
  })

  describe('waiting until it is healthy', () => {
    const breakService = (change: object) => {
      const service = aws.ecs.get('demo-mcpgw')
      if (service) aws.ecs.set('demo-mcpgw', {...service, ...change})
    }
    const waits = async () => {
      const {events, tell} = listener()
      const result = await run({}, tell)
      return {result, waiting: events.filter(event => event.kind === 'verify-waiting')}
    }

    it('ends after one more look when nothing that is wrong can heal by waiting', async () => {
      breakService({desired: 0, running: 0})
      aws.balancers.set(
        'demo-alb',
        (aws.balancers.get('demo-alb') ?? []).filter(({port}) => port !== 80),
      )
      aws.answers.set('https://registry.example.com/health', {status: 502, body: ''})
      const {result, waiting} = await waits()
      expect(result.verification?.healthy).toBe(false)
      expect(waiting).toHaveLength(1)
      expect(waiting[0]).toMatchObject({
        services: {ok: services.length - 1, total: services.length},
        targetGroups: {ok: 3, total: 4},
        endpoints: {ok: 2, total: 3},
        problem: 'demo-mcpgw: It is scaled to zero (0 tasks desired).',
      })
    })

    it('counts a group whose service cannot come back to that service', async () => {
      aws.ecs.delete('demo-auth-server')
      aws.health.set('arn:demo-auth-tg', [])
      expect((await waits()).waiting).toHaveLength(1)
    })

    it('waits the ten minutes out while something may still heal', async () => {
      breakService({desired: 0, running: 0})
      aws.health.set('arn:demo-auth-tg', [])
      expect((await waits()).waiting.length).toBeGreaterThan(30)
    })

    it('waits for an address alone', async () => {
      aws.answers.set('https://registry.example.com/health', {status: 502, body: ''})
      expect((await waits()).waiting.length).toBeGreaterThan(30)
    })
  })
})

describe('a deploy that takes the images of an earlier build again', () => {
  const task = (startedAt: number) => [
    {id: 't', startedAt, lastStatus: 'RUNNING', healthStatus: 'HEALTHY', containers: []},
  ]
  const images = 'Custom::ContainerImages'

  /** An update without a build, in which one resource is updated after 20 seconds. */
  async function update(type: string) {
    const id = aws.stacks.putStack('demo', 'UPDATE_IN_PROGRESS', {tags})
    aws.stacks.happen(id, 'demo', 'AWS::CloudFormation::Stack', 'UPDATE_IN_PROGRESS', 1)
    aws.stacks.happen(id, 'Updated', type, 'UPDATE_COMPLETE', 20)
    aws.stacks.happen(id, 'demo', 'AWS::CloudFormation::Stack', 'UPDATE_COMPLETE', 30)
    await run()
    return aws.calls.filter(call => call === 'restart demo-registry')
  }

  it('restarts the services that run others', async () => {
    aws.registryTasks = task(clock.now() - 1000)
    expect(await update(images)).toHaveLength(1)
  })

  it('leaves those alone that have started since', async () => {
    aws.registryTasks = task(clock.now() + 25_000)
    expect(await update(images)).toEqual([])
  })

  it('leaves all alone when it was another resource', async () => {
    aws.registryTasks = task(clock.now() - 1000)
    expect(await update('AWS::ECS::Service')).toEqual([])
  })
})

describe('a deploy that somebody else deletes under its feet', () => {
  const nested = 'AWS::CloudFormation::Stack'

  /** A creation that is deleted after half a minute. */
  function deleted(...failures: string[]) {
    const id = aws.stacks.putStack('demo', 'CREATE_IN_PROGRESS', {tags})
    for (const reason of failures)
      aws.stacks.happen(id, 'Alb', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'CREATE_FAILED', 20, reason)
    aws.stacks.happen(id, 'demo', nested, 'DELETE_IN_PROGRESS', 30)
    aws.stacks.happen(id, 'Vpc', 'AWS::EC2::VPC', 'DELETE_COMPLETE', 40)
    aws.stacks.happen(id, 'demo', nested, 'DELETE_COMPLETE', 50)
  }

  it('says so instead of looking for a resource to blame', async () => {
    deleted()
    const error = await failureOf(run())
    expect(error).toMatchObject({code: 'STACK_DELETED', exitCode: 1, resource: 'demo'})
    expect(error.message).toBe(
      'Stack demo was deleted by someone else while it was being followed (it ended in DELETE_COMPLETE).',
    )
    expect(error.hint).toContain('creates it again')
  })

  it('says so of its own creation, too', async () => {
    clock.sleep(30_000).then(() => aws.stacks.delete('demo'))
    const error = await failureOf(run({onFailure: 'delete'}))
    expect(error.message).toContain('was deleted by someone else while it was being created')
  })

  it('does not say so when the failure came first and may have been the reason', async () => {
    deleted('Quota exceeded')
    const error = await failureOf(run())
    expect(error.code).toBe('STACK_FAILED')
    expect(error.message).toContain('Alb (AWS::ElasticLoadBalancingV2::LoadBalancer) failed: Quota exceeded')
    expect(error.hint).toContain('stack demo is gone, and it starts over')
  })
})

describe('deploy, when a teardown that ends takes the templates away', () => {
  const bucket = 'mcpgw-demo-123456789012-us-west-2'
  const gone = () =>
    new McpgwError('The specified bucket does not exist.', {code: 'BUCKET_GONE', exitCode: 1})
  const takeAway = () => {
    aws.bucketTags.delete(bucket)
    aws.objects.clear()
  }

  it('puts them there again before it creates the stack, and says so', async () => {
    let times = 0
    aws.stacks.before = call => {
      if (call !== 'create demo' || times++ > 0) return
      takeAway()
      throw gone()
    }
    const heard = listener()
    const result = await run({}, heard.tell)
    expect(result.operation).toBe('create')
    expect(heard.notes()).toContain(
      `Someone removed the templates from bucket ${bucket} in the meantime: uploading them again`,
    )
    expect(aws.calls.filter(call => call.startsWith('create-bucket'))).toHaveLength(2)
    expect([...aws.objects.keys()]).toContain(`${bucket}/demo/0123456789ab/main-stack.yaml`)
  })

  it('puts them there again when the bucket goes while they are uploaded', async () => {
    const put = aws.buckets.put
    let times = 0
    aws.buckets.put = async (...what) => {
      if (times++ > 0) return put(...what)
      takeAway()
      throw gone()
    }
    expect((await run()).operation).toBe('create')
    expect([...aws.objects.keys()].filter(key => key.endsWith('.yaml'))).toHaveLength(childStacks.length + 1)
  })

  it('gives up when they go a second time', async () => {
    aws.stacks.before = call => {
      if (call === 'create demo') throw gone()
    }
    expect(await failureOf(run())).toMatchObject({code: 'BUCKET_GONE', exitCode: 1})
    expect(aws.calls.filter(call => call.startsWith('create-bucket'))).toHaveLength(1)
  })
})

describe('deploy, individual', () => {
  it('reports the stack with the first real failure when two fail side by side', async () => {
    aws.stacks.resourcesOf.set('data-stack.yaml', [
      {logicalId: 'Slow', type: 'AWS::SNS::Topic'},
      {logicalId: 'Slower', type: 'AWS::SNS::Topic'},
      {logicalId: 'Later', type: 'AWS::SNS::Topic', fails: 'Later in data'},
    ])
    aws.stacks.resourcesOf.set('compute-stack.yaml', [
      {logicalId: 'Sooner', type: 'AWS::SNS::Topic', fails: 'Sooner in compute'},
    ])
    const error = await failureOf(run({layout: 'individual'}))
    expect(error.message).toBe(
      'CloudFormation could not create the stack (demo-compute ended in ROLLBACK_COMPLETE): in compute, Sooner (AWS::SNS::Topic) failed: Sooner in compute.',
    )
    expect(error.diagnosis?.others).toMatchObject([{stack: 'demo-data', logicalId: 'Later'}])
  })

  it('creates network, then data and compute, then services', async () => {
    const result = await run({layout: 'individual'})
    expect(aws.stacks.calls).toEqual([
      'create demo-network',
      'create demo-data',
      'create demo-compute',
      'create demo-services',
    ])
    expect(result.stacks.map(({name}) => name)).toEqual([
      'demo-network',
      'demo-data',
      'demo-compute',
      'demo-services',
    ])
    const network = await aws.stacks.describe('demo-network')
    expect(network?.parameters).toEqual({EnvironmentName: 'demo'})
  })

  it('makes services when names of deleted ones are free', async () => {
    aws.stacks.outputs = {...aws.stacks.outputs, ServiceDiscoveryNamespaceId: 'ns-1'}
    aws.discoveryNames = [['registry'], []]
    const asked: (string | undefined)[] = []
    const {servicesIn} = aws.cloudMap
    aws.cloudMap.servicesIn = namespace => {
      asked.push(aws.stacks.calls.at(-1))
      return servicesIn(namespace)
    }
    await run({layout: 'individual'})
    expect(asked).toHaveLength(2)
    expect(asked).not.toContain('create demo-services')
    expect(aws.stacks.calls.at(-1)).toBe('create demo-services')
  })

  it('does not start services without their images', async () => {
    aws.missingImages.add('demo-registry')
    aws.builds.start = async () => {
      throw new McpgwError('No builder.', {code: 'AWS_ERROR', exitCode: 1})
    }
    const error = await failureOf(run({layout: 'individual'}))
    expect(error.message).toBe('No builder.')
    expect(aws.stacks.calls).not.toContain('create demo-services')
  })

  it('does not start services when data failed, and waits for compute', async () => {
    aws.stacks.resourcesOf.set('data-stack.yaml', [
      {logicalId: 'Database', type: 'AWS::RDS::DBCluster', fails: 'No capacity'},
    ])
    const error = await failureOf(run({layout: 'individual'}))
    expect(error.message).toContain('in data, Database')
    expect(aws.stacks.calls).not.toContain('create demo-services')
    expect((await aws.stacks.describe('demo-compute'))?.status).toBe('CREATE_COMPLETE')
  })

  it('refuses the other layout without --replace', async () => {
    await run({layout: 'individual'})
    const error = await failureOf(run())
    expect(error).toMatchObject({code: 'OTHER_LAYOUT', exitCode: 3})
    expect(error.hint).toContain('--replace')
  })

  it('replaces services, compute, data, network in this order', async () => {
    await run({layout: 'individual'})
    aws.stacks.calls.length = 0
    const heard = listener()
    const result = await run({replace: true}, heard.tell)
    // Each finding of the preflight is a sentence before its advice.
    expect(heard.notes().join()).toMatch(
      /is deleted first \(--replace\)\. To update it instead, leave out --replace/,
    )
    expect(aws.stacks.calls).toEqual([
      'delete demo-services',
      'delete demo-compute',
      'delete demo-data',
      'delete demo-network',
      'create demo',
    ])
    expect(result.layout).toBe('nested')
  })
})

describe('the end of a run', () => {
  it('is the same whether anybody listens or not', async () => {
    const heard = listener()
    const told = await run({}, heard.tell)
    clock = virtualClock()
    aws = new FakeAws(clock)
    const untold = await run()
    expect(untold.stacks).toEqual(told.stacks)
    expect(heard.events.some(({kind}) => kind === 'stack-event')).toBe(true)
  })

  it.each([
    ['CREATE_FAILED', 'is left as it failed, and costs money', 'mcpgw teardown --environment demo'],
    ['ROLLBACK_FAILED', 'deletes it and starts over', 'mcpgw teardown --environment demo'],
    ['UPDATE_FAILED', 'half updated', '--on-failure keep'],
    ['UPDATE_ROLLBACK_FAILED', '--resources-to-skip', 'mcpgw deploy --environment demo'],
  ])('in %s says what the next run does with what exists', async (status, ...says) => {
    const id = aws.stacks.putStack('demo', 'CREATE_IN_PROGRESS', {tags})
    aws.stacks.happen(id, 'demo', 'AWS::CloudFormation::Stack', status, 60)
    const error = await failureOf(run())
    for (const text of says) expect(error.hint).toContain(text)
  })

  it.each(['CREDENTIALS_EXPIRED', 'ACCESS_DENIED'])(
    'comes at once with exit code 4 when AWS answers %s to polls',
    async code => {
      const begin = clock.now()
      const refusal = new McpgwError('AWS refuses.', {code, exitCode: 1, hint: 'Allow it.'})
      aws.stacks.before = call => {
        if (call === 'events demo' && clock.now() > begin + 30_000) throw refusal
      }
      const error = await failureOf(run())
      expect(error).toMatchObject({code, exitCode: 4})
      expect(error.message).toContain('The operation on stack demo continues in AWS')
      expect(error.hint).toContain('Then run `mcpgw deploy --environment demo` to attach to it again.')
      expect(clock.now() - begin).toBeLessThan(60_000)
    },
  )

  it('is not hastened by an outage, which is told again every 30 s', async () => {
    const begin = clock.now()
    const heard: number[] = []
    aws.stacks.before = call => {
      if (call.startsWith('events') && clock.now() > begin + 30_000 && clock.now() < begin + 150_000)
        throw new McpgwError('no answer', {code: 'UNREACHABLE', exitCode: 1})
    }
    const tell: ProgressSink = event => {
      if (event.kind === 'note' && /progress failed|No answer from AWS for \d+ s/.test(event.text))
        heard.push(clock.now())
    }
    expect((await run({}, tell)).operation).toBe('create')
    expect(heard.length).toBeGreaterThanOrEqual(4)
    const gaps = heard.slice(1).map((at, index) => at - (heard[index] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(31_000)
  })

  it('knows what is still running: nothing in the survey, the operation later, nothing any more at the end', async () => {
    const context = deployContext(aws, clock)
    const {signal} = new AbortController()
    await runWorkflow(deploySurvey, context, {clock, tell: silent, signal})
    expect(context.record.underway).toBe('nothing')
    const deploying = deploy(context, {startedAt: clock.now(), tell: silent, signal})
    await clock.sleep(30_000)
    expect(context.record.underway).toBe('running')
    await deploying
    expect(context.record.underway).toBe('ended')
  })

  it('starts nothing after the signal has aborted', async () => {
    const controller = new AbortController()
    const {describe: look} = aws.stacks
    aws.stacks.describe = async name => {
      if (aws.objects.size > 0) controller.abort(new McpgwError('stop', {code: 'TIMED_OUT', exitCode: 4}))
      return look.call(aws.stacks, name)
    }
    expect(await failureOf(run({}, silent, controller.signal))).toMatchObject({code: 'TIMED_OUT'})
    expect(aws.stacks.calls).toEqual([])
  })

  it('comes at once when the signal aborts', async () => {
    const controller = new AbortController()
    const reason = new McpgwError('Interrupted', {code: 'INTERRUPTED', exitCode: 130})
    clock.sleep(30_000).then(() => controller.abort(reason))
    expect(await failureOf(run({}, silent, controller.signal))).toBe(reason)
  })
})
