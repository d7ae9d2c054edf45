import fc from 'fast-check'
import type {StartState} from '../harness/states.js'

/** A drawn bad day: where it begins, what is run, and what happens meanwhile. */
export interface Schedule {
  start: StartState
  /** As in a drill. */
  command: string
  faults: readonly string[]
  /** Ctrl-C after so many pieces of output; none without it. */
  interruptAfter?: number | undefined
}

/** The same schedule as a drill of the tables, to be pasted there. */
export function asDrill({start, command, faults, interruptAfter}: Schedule): string {
  const after = interruptAfter === undefined ? '' : ` // Ctrl-C after ${interruptAfter} pieces of output`
  return `{start: '${start}', command: '${command}', faults: ${JSON.stringify(faults)}}${after}`
}

const from = <T>(...values: readonly [T, ...T[]]) => fc.constantFrom(...values)
const words = (...parts: fc.Arbitrary<string>[]) =>
  fc.tuple(...parts).map(all => all.filter(Boolean).join(' '))

/** What kind of thing is done, and how many minutes of the account it takes when nothing goes wrong. */
interface Run {
  kind: 'create' | 'update' | 'remove' | 'check'
  minutes: number
  start: StartState
  command: string
}

const span = from('', 'for=1m', 'for=5m', 'for=12m')
const often = from('once', 'times=3', 'rate=10%', 'rate=30%')
/** Real time in which a client waits for nothing: short, because it is spent. */
const shortly = fc.constant('by=10ms')

const operation = from(
  '*',
  'cloudformation:*',
  'cloudformation:Describe*',
  'cloudformation:DescribeStackEvents',
  ...['cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:DeleteStack'],
  ...['codebuild:*', 'ecs:*', 'elbv2:*', 's3:*', 'logs:*', 'tagging:*', 'sts:*'],
)
const madeResource = from(
  ...(['AWS::EC2::NatGateway', 'AWS::EC2::Subnet', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'] as const),
  ...(['AWS::KMS::Key', 'AWS::EFS::MountTarget', 'AWS::ECR::Repository', 'Custom::ContainerImages'] as const),
  ...(['AWS::IAM::Role', 'AWS::ECS::Service', 'AWS::ECS::TaskDefinition', 'AWS::CloudWatch::Alarm'] as const),
  ...(['AWS::CloudFront::Distribution', '*-data/*', 'NetworkStack'] as const),
)
const updatedResource = from('AWS::ApplicationAutoScaling::ScalingPolicy', 'ServicesStack', '*')
const deletedResource = from(
  'AWS::EC2::VPC',
  'AWS::EC2::SecurityGroup',
  'AWS::RDS::DBCluster',
  'AWS::ECS::Cluster',
  'AWS::S3::Bucket',
  'ServicesStack',
)
const service = from('*-registry', '*-keycloak', '*-mcpgw', '*-auth-server', '*')
const targetGroup = from('*-registry-tg', '*-keycloak-tg', '*-auth-tg', '*-gradio-tg')
const reason = from('Target.Timeout', 'Target.ResponseCodeMismatch', 'Target.FailedHealthChecks')
const status = from('FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT')

const kind = (name: string, ...parts: fc.Arbitrary<string>[]) => words(fc.constant(name), ...parts)

/** What befalls the calls of any command, at some time of its run. */
function ofCalls(time: fc.Arbitrary<string>) {
  return [
    {weight: 4, arbitrary: kind('throttle', operation, often, time, span)},
    {weight: 3, arbitrary: kind('server-error', operation, often, time, span)},
    {weight: 3, arbitrary: kind('refuse', operation, time, span)},
    {weight: 2, arbitrary: kind('reset', operation, often, time)},
    {weight: 1, arbitrary: kind('hang', operation, fc.constant('times=3'), shortly, time)},
    {weight: 2, arbitrary: kind('lose-answer', operation, fc.constant('once'), shortly, time)},
    {weight: 2, arbitrary: kind('expire-credentials', from('', 'once'), time)},
    {weight: 1, arbitrary: kind('deny', operation, time, span)},
  ]
}

/** What befalls services that run. */
function ofServices(time: fc.Arbitrary<string>) {
  return [
    {weight: 1, arbitrary: kind('flap', service, fc.constant('every=90s'), time, span)},
    {weight: 2, arbitrary: kind('lose-task', service, time)},
    {
      weight: 3,
      arbitrary: kind(
        'unhealthy',
        targetGroup,
        reason.map(word => `reason=${word}`),
        time,
        span,
      ),
    },
    {weight: 1, arbitrary: kind('remove-listener *-alb:7860', time)},
  ]
}

const ofCreation = [
  {weight: 6, arbitrary: kind('fail-create', madeResource, from('', 'once'), from('', 'when=end'))},
  {weight: 2, arbitrary: kind('fail-delete', deletedResource, from('', 'once'))},
  {weight: 1, arbitrary: kind('slow', madeResource, fc.constant('factor=3'))},
  {
    weight: 2,
    arbitrary: kind(
      'end-build *-container-build',
      status.map(word => `status=${word}`),
      from('', 'once'),
    ),
  },
  {weight: 1, arbitrary: kind('missing-image *-registry', from('times=1', ''))},
]
const ofUpdate = [{weight: 6, arbitrary: kind('fail-update', updatedResource, from('', 'once'))}]
const ofRemoval = [{weight: 6, arbitrary: kind('fail-delete', deletedResource, from('', 'once', 'times=2'))}]

/** Any fault that can strike such a run. */
function faultOf(run: Run): fc.Arbitrary<string> {
  const time = fc.integer({min: 0, max: run.minutes}).map(minutes => (minutes === 0 ? '' : `at=${minutes}m`))
  const calls = ofCalls(time)
  switch (run.kind) {
    case 'create':
      return fc.oneof(...calls, ...ofCreation, ...ofServices(time))
    case 'update':
      return fc.oneof(...calls, ...ofUpdate, ...ofServices(time))
    case 'remove':
      return fc.oneof(...calls, ...ofRemoval)
    case 'check':
      return fc.oneof(...calls, ...ofServices(time))
  }
}

const creation = fc
  .record({
    begin: from<Pick<Run, 'start' | 'minutes'>>(
      {start: 'empty', minutes: 19},
      {start: 'creating', minutes: 5},
      {start: 'no-services', minutes: 5},
      {start: 'network-and-compute', minutes: 16},
    ),
    onFailure: from('', '', ' --on-failure delete', ' --on-failure keep'),
  })
  .map(({begin, onFailure}): Run => {
    const layout = begin.start === 'empty' || begin.start === 'creating' ? '' : ' --layout individual'
    return {kind: 'create', ...begin, command: `mcpgw deploy${layout}${onFailure}`}
  })
const update = from<Run>(
  ...((['deployed', 'individual'] as const).map((start): Run => {
    const layout = start === 'individual' ? ' --layout individual' : ''
    return {kind: 'update', minutes: 2, start, command: `mcpgw deploy${layout} --set TargetCpuUtilization=60`}
  }) as [Run, Run]),
)
const removal = from<Pick<Run, 'start' | 'minutes'>>(
  {start: 'deployed', minutes: 13},
  {start: 'individual', minutes: 13},
  {start: 'creating', minutes: 13},
  {start: 'deleting', minutes: 12},
).map((begin): Run => ({kind: 'remove', ...begin, command: 'mcpgw teardown'}))
const check = from<StartState>('deployed', 'individual').map(
  (start): Run => ({kind: 'check', minutes: 0, start, command: 'mcpgw verify'}),
)
const runs = fc.oneof(
  {weight: 4, arbitrary: creation},
  {weight: 3, arbitrary: update},
  {weight: 4, arbitrary: removal},
  {weight: 2, arbitrary: check},
)
const interruption = fc.oneof(
  {weight: 4, arbitrary: fc.constant(undefined)},
  {weight: 1, arbitrary: fc.integer({min: 1, max: 60})},
)

/** Any bad day of one to three faults. */
export const schedules: fc.Arbitrary<Schedule> = runs.chain(run =>
  fc
    .record({faults: fc.array(faultOf(run), {minLength: 1, maxLength: 3}), interruptAfter: interruption})
    .map(drawn => ({start: run.start, command: run.command, ...drawn})),
)
