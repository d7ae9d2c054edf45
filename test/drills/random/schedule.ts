import fc from 'fast-check'
import {type InterferenceName, interferences} from '../harness/interference.js'
import type {StartState} from '../harness/states.js'

/** A signal that the process gets: Ctrl-C, `kill`, or a terminal that is closed. */
export interface Interrupt {
  signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'
  /** Comes when the command has made so many calls to the account. */
  afterCalls: number
}

/** What somebody else does meanwhile. */
export interface Meanwhile {
  /** By its name among the interferences, or a command that somebody runs at the same time. */
  does: InterferenceName | `runs mcpgw ${string}`
  /** When the command has made so many calls to the account; 0 is before its first one. */
  afterCalls: number
}

/** A bad day: where it begins, what is run, and what happens meanwhile. */
export interface Schedule {
  start: StartState
  /** As in a drill. */
  command: string
  faults: readonly string[]
  interrupt?: Interrupt | undefined
  meanwhile?: Meanwhile | undefined
}

/** One that was found by chance and has a place in a table. */
export interface NamedSchedule extends Schedule {
  name: string
}

/** Says what happens, and is unique among what happens. */
export function nameOf({start, command, faults, interrupt, meanwhile}: Schedule): string {
  const parts = [
    ...faults.map(fault => `under ${fault}`),
    ...(meanwhile ? [`while somebody ${meanwhile.does} after ${meanwhile.afterCalls} calls`] : []),
    ...(interrupt ? [`and ${interrupt.signal} after ${interrupt.afterCalls} calls`] : []),
  ]
  return [`${command}, begun with ${start}`, ...parts].join(', ')
}

const from = <T>(...values: readonly [T, ...T[]]) => fc.constantFrom(...values)
const words = (...parts: fc.Arbitrary<string>[]) =>
  fc.tuple(...parts).map(all => all.filter(Boolean).join(' '))

/** What kind of thing is done, and how many minutes of the account it takes when nothing goes wrong. */
interface Run {
  kind: 'create' | 'update' | 'remove' | 'check'
  minutes: number
  /** How many calls it makes to the account when nothing goes wrong. */
  calls: number
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

/** What happens to the calls of any command, at some time of its run. */
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

/** What happens to services that run. */
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

/** Any fault that such a run can meet. */
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
    begin: from<Pick<Run, 'start' | 'minutes' | 'calls'>>(
      {start: 'empty', minutes: 19, calls: 470},
      {start: 'creating', minutes: 5, calls: 160},
      {start: 'no-services', minutes: 5, calls: 160},
      {start: 'network-and-compute', minutes: 16, calls: 280},
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
    const command = `mcpgw deploy${layout} --set TargetCpuUtilization=60`
    return {kind: 'update', minutes: 2, calls: 90, start, command}
  }) as [Run, Run]),
)
const removal = from<Pick<Run, 'start' | 'minutes' | 'calls'>>(
  {start: 'deployed', minutes: 13, calls: 230},
  {start: 'individual', minutes: 13, calls: 190},
  {start: 'creating', minutes: 13, calls: 230},
  {start: 'deleting', minutes: 12, calls: 220},
).map((begin): Run => ({kind: 'remove', ...begin, command: 'mcpgw teardown'}))
const check = from<StartState>('deployed', 'individual').map(
  (start): Run => ({kind: 'check', minutes: 0, calls: 35, start, command: 'mcpgw verify'}),
)
const runs = fc.oneof(
  {weight: 4, arbitrary: creation},
  {weight: 3, arbitrary: update},
  {weight: 4, arbitrary: removal},
  {weight: 2, arbitrary: check},
)

/** What somebody else can do while an environment exists, or comes and goes. */
const deeds = fc.constantFrom(...(Object.keys(interferences) as InterferenceName[]))

function meanwhileOf({calls, start, command}: Run): fc.Arbitrary<Meanwhile> {
  const layout = start === 'individual' || command.includes('individual') ? ' --layout individual' : ''
  const others = from<Meanwhile['does']>(`runs mcpgw deploy${layout}`, 'runs mcpgw teardown')
  return fc.record<Meanwhile>({
    does: fc.oneof<fc.MaybeWeightedArbitrary<Meanwhile['does']>[]>(
      {weight: 7, arbitrary: deeds},
      {weight: 1, arbitrary: others},
    ),
    // A check is short: what it is to find is done before it.
    afterCalls: fc.oneof(fc.constant(0), fc.integer({min: 1, max: calls})),
  })
}

function interruptOf({calls}: Run): fc.Arbitrary<Interrupt> {
  return fc.record({
    signal: from<Interrupt['signal']>('SIGINT', 'SIGTERM', 'SIGHUP'),
    afterCalls: fc.integer({min: 1, max: calls}),
  })
}

const seldom = <T>(arbitrary: fc.Arbitrary<T>, one: number, of: number) =>
  fc.oneof({weight: of - one, arbitrary: fc.constant(undefined)}, {weight: one, arbitrary})

/** Any bad day of up to three faults, an interrupt now and then, and in every other somebody else who does something. */
export const schedules: fc.Arbitrary<Schedule> = runs.chain(run =>
  fc
    .record({
      meanwhile: seldom(meanwhileOf(run), 1, 2),
      interrupt: seldom(interruptOf(run), 1, 5),
      faults: fc.array(faultOf(run), {minLength: 1, maxLength: 3}),
      few: fc.nat({max: 1}),
    })
    .map(({meanwhile, interrupt, faults, few}) => ({
      start: run.start,
      command: run.command,
      // Somebody who does something is enough of a bad day.
      faults: meanwhile ? faults.slice(0, few) : faults,
      interrupt,
      meanwhile,
    })),
)
