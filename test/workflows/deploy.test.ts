import {beforeEach, describe, expect, it} from 'vitest'
import type {Clock} from '../../src/clock.js'
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

  it('attaches to a creation that runs', async () => {
    const id = aws.stacks.stand('demo', 'CREATE_IN_PROGRESS', {
      tags,
      parameters: {TemplateS3Bucket: 'b', TemplateS3Prefix: 'p/0123456789ab/'},
    })
    aws.stacks.happen(id, 'demo', 'AWS::CloudFormation::Stack', 'CREATE_COMPLETE', 120)
    const result = await run()
    expect(result.operation).toBe('attached')
    expect(aws.stacks.calls).toEqual([])
  })

  it('deletes what a failed creation left, says so, and creates again', async () => {
    aws.stacks.stand('demo', 'ROLLBACK_COMPLETE', {tags})
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
    expect(error.hint).toContain('mcpgw deploy --environment demo')
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
  })

  it('refuses a stack that mcpgw did not make', async () => {
    aws.stacks.stand('demo', 'CREATE_COMPLETE')
    expect(await failureOf(run())).toMatchObject({code: 'NOT_OURS', exitCode: 3})
    expect(aws.stacks.calls).toEqual([])
  })

  it.each([
    ['UPDATE_ROLLBACK_FAILED', 'continue-update-rollback'],
    ['UPDATE_FAILED', 'rollback-stack'],
    ['DELETE_FAILED', 'mcpgw teardown'],
  ])('refuses %s and says what to run', async (status, command) => {
    aws.stacks.stand('demo', status, {tags})
    const error = await failureOf(run())
    expect(error).toMatchObject({code: 'STACK_NEEDS_ATTENTION', exitCode: 3})
    expect(error.hint).toContain(command)
  })

  it('refuses a template bucket of another account', async () => {
    aws.bucketTags.set('taken', 'other-account')
    expect(await failureOf(run({templateBucket: 'taken'}))).toMatchObject({
      code: 'BUCKET_NOT_OURS',
      exitCode: 3,
    })
  })

  it('ends with exit code 1 in the result when it does not become healthy', async () => {
    aws.health.set('arn:demo-auth-tg', [
      {id: '10.0.0.1', port: 8888, state: 'unhealthy', reason: 'Target.Timeout'},
    ])
    const result = await run()
    expect(result.verification?.healthy).toBe(false)
  })

  it('restarts the registry when its task is older than the mcpgw service', async () => {
    const mcpgw = aws.ecs.get('demo-mcpgw')
    if (mcpgw) aws.ecs.set('demo-mcpgw', {...mcpgw, createdAt: 2000})
    aws.registryTasks = [
      {id: 't', startedAt: 1000, lastStatus: 'RUNNING', healthStatus: 'HEALTHY', containers: []},
    ]
    await run()
    expect(aws.calls).toContain('restart demo-registry')
  })
})

describe('deploy, individual', () => {
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
    const result = await run({replace: true})
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

  it('comes at once when the signal aborts', async () => {
    const controller = new AbortController()
    const reason = new McpgwError('Interrupted', {code: 'INTERRUPTED', exitCode: 130})
    clock.sleep(30_000).then(() => controller.abort(reason))
    expect(await failureOf(run({}, silent, controller.signal))).toBe(reason)
  })
})
