import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {type Aws, connect} from '../../../src/aws/aws.js'
import {followStacks} from '../../../src/aws/stack-events.js'
import type {Clock} from '../../../src/clock.js'
import {silent} from '../../../src/progress.js'
import {controlPaths} from '../../../src/rehearsal/control/control-paths.js'
import {askAccount, type ControlRequest} from '../../../src/rehearsal/process/holder.js'
import {type ServedAccount, serveAccount} from '../../../src/rehearsal/process/serve.js'
import type {Evidence} from '../../../src/results.js'
import {steppedClock} from '../../../src/stepped-clock.js'
import {EvidenceCollector} from '../../../src/steps/evidence/evidence-collector.js'
import {diagnoseStacks} from '../../../src/workflows/diagnose.js'
import {freshStateFile} from '../../rehearsal/process/files.js'
import {textOf} from '../../rehearsal/templates/rehearsed.js'

const start = Date.UTC(2026, 0, 1)
const region = 'us-west-2'

/** With a circuit breaker ECS gives up after three tasks; without one CloudFormation waits three hours. */
const service = textOf('samples/fargate-service.yaml').replace(
  '      LaunchType: FARGATE\n',
  '      LaunchType: FARGATE\n      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: false}}\n',
)
const customResource = textOf('samples/custom-resource.yaml').replace(
  'exports.handler = async event => {',
  "exports.handler = async event => {\n            console.error('I was asked for', event.ResourceProperties.Word)",
)

/** One account for all: each test has a stack of its own, and ends the faults that it sets. */
let account: ServedAccount
let aws: Aws
let clock: Clock
let cloudFormation: CloudFormation
beforeAll(async () => {
  account = await serveAccount({stateFile: freshStateFile(), speed: 'max', seed: 1, now: () => start})
  const {url: endpoint, credentials} = account
  cloudFormation = new CloudFormation({region, endpoint, credentials})
  clock = steppedClock({
    startedAt: start,
    moveTo: async at => (await control({method: 'PUT', path: controlPaths.time, body: String(at)})).now,
  })
  aws = await connect({region, endpoint, credentials, clock})
  expect((await create('vpc', textOf('samples/vpc.yaml'))).evidence).toEqual([])
  // The first cluster of an account brings the role that services need, some seconds later.
  await create('cluster', 'Resources: {Cluster: {Type: AWS::ECS::Cluster}}')
})
afterAll(() => account.stop())

const control = (request: ControlRequest) => askAccount(account.url, {...request, key: account.credentials})

async function fault(line: string): Promise<void> {
  await control({method: 'POST', path: controlPaths.faults, body: line})
}

/** Creates a stack and follows it to its end, as mcpgw does, with a collector. */
async function create(name: string, template: string, parameters: Record<string, string> = {}) {
  const {StackId: id = ''} = await cloudFormation.createStack({
    StackName: name,
    TemplateBody: template,
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Parameters: Object.entries(parameters).map(([key, value]) => ({
      ParameterKey: key,
      ParameterValue: value,
    })),
  })
  const holdClock = async (looking: Promise<void>) => {
    const hold = (ms: number) => control({method: 'PUT', path: controlPaths.clockHold, body: String(ms)})
    await hold(2000)
    await looking
    await hold(0)
  }
  const collector = new EvidenceCollector({reads: aws, onEvidence() {}, onLook: holdClock})
  const signal = new AbortController().signal
  const events = followStacks(aws.stacks, {roots: [{id, label: name}], since: 0, clock, signal})
  for await (const event of events) collector.hear({kind: 'stack-event', event})
  await collector.settle(signal)
  const status = (await aws.stacks.describe(id))?.status
  return {id, status, evidence: collector.evidence}
}

const linesOf = (evidence: readonly Evidence[], kind: Evidence['kind']) =>
  evidence.filter(each => each.kind === kind).flatMap(({lines}) => lines)

describe('what the embedded account tells of a failure before it is rolled back', () => {
  it('an image that is missing: which one', async () => {
    await fault('clear')
    await fault('missing-image docker/library/nginx')
    await fault('missing-image public.ecr.aws/docker/library/nginx')
    const {status, evidence} = await create('no-image', service, {NetworkStack: 'vpc'})
    expect(status).toBe('ROLLBACK_COMPLETE')
    expect(linesOf(evidence, 'task')[0]).toMatch(
      /TaskFailedToStart: CannotPullContainerError: .*nginx:1\.29: not found$/,
    )
    expect(linesOf(evidence, 'target')).toEqual(['It has no targets: no task is registered.'])
    expect(linesOf(evidence, 'service')[1]).toBe(
      'Roll-out FAILED: ECS deployment circuit breaker: tasks failed to start. 3 of its tasks failed.',
    )
    expect(linesOf(evidence, 'log')).toEqual([])
  })

  it('a container that is killed again and again: its exit code, why, and its last log lines', async () => {
    await fault('clear')
    await fault('flap killed-* every=20s')
    const {status, evidence} = await create('killed', service, {NetworkStack: 'vpc'})
    expect(status).toBe('ROLLBACK_COMPLETE')
    expect(linesOf(evidence, 'task').slice(0, 2)).toEqual([
      expect.stringMatching(/EssentialContainerExited: Essential container in task exited$/),
      expect.stringMatching(
        /^Container web: .* with exit code 137 \(killed\): OutOfMemoryError: Container killed due to memory usage$/,
      ),
    ])
    expect(linesOf(evidence, 'log')).toEqual(['Started.'])
  })

  it('targets that fail their checks: what they answered', async () => {
    await fault('clear')
    await fault('unhealthy * reason=Target.ResponseCodeMismatch status=502')
    const {status, evidence} = await create('unwell', service, {NetworkStack: 'vpc'})
    expect(status).toBe('ROLLBACK_COMPLETE')
    expect(linesOf(evidence, 'task')[0]).toMatch(/Task failed ELB health checks in \(target-group /)
    expect(linesOf(evidence, 'target')).toContainEqual(
      expect.stringMatching(
        /:80 is unhealthy \(Target\.ResponseCodeMismatch: Health checks failed with these codes: \[502\]\)$/,
      ),
    )
  })

  it('a custom resource whose function refuses: the log of the function', async () => {
    await fault('clear')
    const {status, evidence} = await create('refused', customResource, {Word: 'bad'})
    expect(status).toBe('ROLLBACK_COMPLETE')
    expect(linesOf(evidence, 'custom-resource')).toContainEqual('ERROR\tI was asked for bad')
  })

  it('what diagnose still finds afterwards: the cause, and that the service is gone', async () => {
    const signal = new AbortController().signal
    const context = {
      aws,
      clock,
      environment: 'demo',
      commandLine: (command: string) => `mcpgw ${command}`,
      stackGiven: 'killed',
    }
    const result = await diagnoseStacks(context, {tell: silent, signal})
    expect(result).toMatchObject({
      state: 'failed',
      diagnosis: {
        logicalId: 'Service',
        type: 'AWS::ECS::Service',
        reason: expect.stringContaining("Error occurred during operation 'ECS Deployment Circuit Breaker"),
      },
    })
    expect(linesOf(result.evidence, 'service')).toHaveLength(1)
  })
})
