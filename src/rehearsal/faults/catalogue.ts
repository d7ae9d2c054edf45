import {regions} from '../account/regions.js'
import {brokenLinkNames} from './broken-links.js'
import {listener, operation, policyArn, quotaCode, resource, resourceType, zoneNames} from './places.js'
import {targetReasonNames} from './target-reasons.js'
import {
  duration,
  durations,
  factor,
  name,
  oneOf,
  type Reader,
  rate,
  rhythm,
  someDuration,
  whole,
  words,
} from './values.js'

/**
 * How a fault is in time. An `occasion` applies to what happens while it is live, each time or some times; a `state` holds
 * as long as it is live; a `moment` happens once, when it begins; a `rhythm` again and again.
 */
export type Nature = 'occasion' | 'state' | 'moment' | 'rhythm'

/** A kind of fault: what may be said about it, and what it does. */
export interface FaultKindEntry {
  nature: Nature
  /** What its first word names, and what docs call that. */
  where: Reader<string>
  place: string
  /** The value of `where` when it is left out; without one it must be said. */
  everywhere?: string
  options: Readonly<Record<string, Reader<unknown>>>
  /** It cannot be told to apply to one region only. */
  everyRegion?: true
  /** Options that must be given. */
  needs?: readonly string[]
  group: 'API calls' | 'Connections' | 'Stacks' | 'Builds and images' | 'Services and targets' | 'The account'
  /** A line that means it, as a user would write it. */
  example: string
  /** What it does, for docs/embedded-account.md. */
  effect: string
}

const onCall = {nature: 'occasion', where: operation, place: 'OPERATION', everywhere: '*'} as const
const message = words

/** Every kind of fault. docs/embedded-account.md lists them from here, and a test runs each example. */
export const catalogue = {
  throttle: {
    ...onCall,
    options: {},
    group: 'API calls',
    example: 'throttle cloudformation:Describe* rate=30%',
    effect: 'Calls are throttled, with the error that the service uses for it.',
  },
  'server-error': {
    ...onCall,
    options: {status: oneOf('500', '503')},
    group: 'API calls',
    example: 'server-error ecs:* at=10m for=2m status=503',
    effect:
      'Calls fail with an internal error (500, the default) or because the service is unavailable (503).',
  },
  deny: {
    ...onCall,
    options: {},
    group: 'API calls',
    example: 'deny codebuild:BatchGetBuilds',
    effect: 'Calls are refused because the caller does not have the permission.',
  },
  'expire-credentials': {
    nature: 'occasion',
    where: name,
    place: 'ACCESS-KEY-ID',
    everywhere: '*',
    options: {},
    group: 'API calls',
    example: 'expire-credentials at=12m',
    effect:
      'Calls are refused because the credentials have expired: those of the given access key ID, or all. `once` expires them for one call, as if they were renewed after it.',
  },
  lie: {
    ...onCall,
    options: {},
    group: 'API calls',
    example: 'lie logs:DeleteLogGroup',
    effect:
      'Calls are answered as if they had succeeded, or failed, as usual, but nothing is done. Meant for calls that delete.',
  },
  'forget-tags': {
    nature: 'state',
    where: resourceType,
    place: 'TYPE',
    everywhere: '*',
    options: {},
    group: 'The account',
    example: 'forget-tags AWS::Logs::LogGroup',
    effect:
      'The tagging API does not return resources of a type, or of any type; the APIs of their services still do, with their tags.',
  },
  'recreate-log-group': {
    nature: 'occasion',
    where: name,
    place: 'NAME',
    options: {by: someDuration},
    group: 'The account',
    example: 'recreate-log-group /aws/* by=5s once',
    effect:
      'A log group that was deleted is created again, by a service that still writes to it, after two seconds or the given time.',
  },
  'keep-discovery-name': {
    nature: 'occasion',
    where: name,
    place: 'SERVICE',
    everywhere: '*',
    options: {by: someDuration},
    group: 'Services and targets',
    example: 'keep-discovery-name *-registry by=5m once',
    effect:
      'The names that a deleted ECS service had in Service Connect stay in the namespace for five minutes or the given time: meanwhile ECS refuses new services with these names, and Cloud Map keeps the namespace.',
  },
  refuse: {
    ...onCall,
    options: {},
    group: 'Connections',
    example: 'refuse * at=5m times=3',
    effect: 'The connection is closed before the call is processed or answered.',
  },
  reset: {
    ...onCall,
    options: {},
    group: 'Connections',
    example: 'reset cloudformation:DescribeStackEvents rate=20%',
    effect: 'The call is processed; half of the response arrives, then the connection is reset.',
  },
  hang: {
    ...onCall,
    options: {by: someDuration},
    group: 'Connections',
    example: 'hang elbv2:DescribeTargetHealth once',
    effect:
      'The call is not processed, and no response ever arrives; with `by`, the connection is closed after that much real time.',
  },
  'lose-answer': {
    ...onCall,
    options: {by: someDuration},
    group: 'Connections',
    example: 'lose-answer cloudformation:CreateStack once',
    effect:
      'The call is processed, but no response ever arrives: AWS finishes it after the client has given up. `by` works as for `hang`.',
  },
  latency: {
    ...onCall,
    options: {by: durations},
    needs: ['by'],
    group: 'Connections',
    example: 'latency * by=20ms..60ms',
    effect: 'Calls take longer, in real time, because the timeouts of clients are real.',
  },
  'fail-create': {
    nature: 'occasion',
    where: resource,
    place: 'RESOURCE',
    options: {message, code: name, when: oneOf('begin', 'end')},
    group: 'Stacks',
    example: 'fail-create NatGateway1 message="The maximum number of addresses has been reached." once',
    effect:
      'The creation of a resource fails, at its start or, with `when=end`, at its end. `code` formats the message as a resource handler with that error code would.',
  },
  'fail-update': {
    nature: 'occasion',
    where: resource,
    place: 'RESOURCE',
    options: {message, code: name, when: oneOf('begin', 'end')},
    group: 'Stacks',
    example: 'fail-update AWS::ECS::* code=ThrottlingException message="Rate exceeded" times=2',
    effect: 'The same for an update.',
  },
  'fail-delete': {
    nature: 'occasion',
    where: resource,
    place: 'RESOURCE',
    options: {message, code: name},
    group: 'Stacks',
    example: 'fail-delete *-network/Vpc message="The vpc has dependencies and cannot be deleted." once',
    effect: 'The same for a deletion.',
  },
  'fail-removal': {
    nature: 'occasion',
    where: resource,
    place: 'RESOURCE',
    options: {},
    group: 'Stacks',
    example: 'fail-removal NatGateway1 once',
    effect:
      'A deletion that no stack waits for fails, whoever started it: the resource was being deleted, and stays. In express mode, its stack has already reported it as deleted.',
  },
  slow: {
    nature: 'state',
    where: resource,
    place: 'RESOURCE',
    options: {factor, operation: oneOf('create', 'update', 'delete')},
    needs: ['factor'],
    group: 'Stacks',
    example: 'slow AWS::RDS::* factor=4 operation=create',
    effect:
      'Operations on a resource take this many times as long, so that a client gives up before they end.',
  },
  stale: {
    nature: 'state',
    where: name,
    place: 'STACK',
    options: {by: someDuration},
    needs: ['by'],
    group: 'Stacks',
    example: 'stale *-services by=90s',
    effect: 'Reads of a stack lag this far behind its state. The start of an operation is visible at once.',
  },
  'end-build': {
    nature: 'occasion',
    where: name,
    place: 'PROJECT',
    everywhere: '*',
    options: {
      status: oneOf('SUCCEEDED', 'FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT'),
      phase: oneOf('PROVISIONING', 'DOWNLOAD_SOURCE', 'INSTALL', 'PRE_BUILD', 'BUILD', 'POST_BUILD'),
      image: name,
    },
    needs: ['status'],
    group: 'Builds and images',
    example: 'end-build *-container-build status=FAILED image=registry once',
    effect:
      'A build that starts ends with this status, in the given phase, otherwise in BUILD (FAULT: in PROVISIONING). With `image`, only that image is affected: with FAILED no image is pushed; with SUCCEEDED the others are pushed, and nothing reports the missing one. TIMED_OUT takes as long as the project allows.',
  },
  'missing-image': {
    nature: 'occasion',
    where: name,
    place: 'REPOSITORY',
    options: {},
    group: 'Builds and images',
    example: 'missing-image *-registry times=1',
    effect: 'A task does not find the image in its repository, and fails to start.',
  },
  'fail-task': {
    nature: 'occasion',
    where: name,
    place: 'SERVICE',
    options: {
      message,
      code: oneOf('TaskFailedToStart', 'EssentialContainerExited', 'ServiceSchedulerInitiated'),
    },
    needs: ['message'],
    group: 'Services and targets',
    example:
      'fail-task *-registry message="Task failed container health checks" code=ServiceSchedulerInitiated once',
    effect:
      'A task of the service stops instead of starting; `message` is the reason that ECS gives for it, and `code` how it came to that, TaskFailedToStart unless given.',
  },
  unsteady: {
    nature: 'state',
    where: name,
    place: 'SERVICE',
    options: {},
    group: 'Services and targets',
    example: 'unsteady *-registry',
    effect: 'The rollout of a service never completes; CloudFormation gives up after three hours.',
  },
  flap: {
    nature: 'rhythm',
    where: name,
    place: 'SERVICE',
    options: {every: rhythm},
    needs: ['every'],
    group: 'Services and targets',
    example: 'flap *-mcpgw every=5m for=30m',
    effect: 'A running task of the service stops again and again: its container runs out of memory.',
  },
  'lose-task': {
    nature: 'moment',
    where: name,
    place: 'SERVICE',
    options: {},
    group: 'Services and targets',
    example: 'lose-task *-registry at=20m',
    effect: 'A running task of the service stops: its container runs out of memory.',
  },
  unhealthy: {
    nature: 'state',
    where: name,
    place: 'TARGET-GROUP',
    options: {reason: oneOf(...targetReasonNames), status: whole(100, 599)},
    group: 'Services and targets',
    example: 'unhealthy *-registry-tg reason=Target.ResponseCodeMismatch status=502',
    effect: `The targets of a target group are not healthy, for the given reason, by default Target.FailedHealthChecks: ${targetReasonNames.join(', ')}.`,
  },
  'broken-link': {
    nature: 'state',
    where: name,
    place: 'SERVICE',
    everywhere: '*',
    options: {what: oneOf(...brokenLinkNames)},
    needs: ['what'],
    group: 'Services and targets',
    example: 'broken-link what=no-aud',
    effect:
      'A [link](#broken-links) between a student and a tool is broken, in the given service, or in whichever service has it.',
  },
  'remove-listener': {
    nature: 'moment',
    where: listener,
    place: 'LOAD-BALANCER[:PORT]',
    options: {},
    group: 'Services and targets',
    example: 'remove-listener *-alb:80 at=30m',
    effect: 'Someone removes a listener outside CloudFormation.',
  },
  quota: {
    nature: 'state',
    where: quotaCode,
    place: 'CODE',
    everyRegion: true,
    options: {value: whole(0)},
    group: 'The account',
    example: 'quota L-0263D0A3 value=0',
    effect: 'A [quota](#quotas) has another value, 0 by default.',
  },
  model: {
    nature: 'state',
    where: name,
    place: 'MODEL',
    options: {state: oneOf('absent', 'legacy', 'no-agreement')},
    needs: ['state'],
    group: 'The account',
    example: 'model anthropic.* state=no-agreement',
    effect:
      'A model of Amazon Bedrock is not available in the region, has been retired by AWS, or requires an agreement that the account has not accepted.',
  },
  'client-clock': {
    nature: 'state',
    where: oneOf('ahead', 'behind'),
    place: 'DIRECTION',
    everyRegion: true,
    options: {by: someDuration},
    needs: ['by'],
    group: 'The account',
    example: 'client-clock behind by=7m',
    effect:
      "The clocks of clients are `ahead` of the account's real time, or `behind` it, by this much: the `Date` header of responses shows it, and signatures that are more than five minutes off (15 for S3) are rejected.",
  },
  'default-subnets': {
    nature: 'state',
    where: zoneNames,
    place: 'ZONES',
    options: {},
    group: 'The account',
    example: 'default-subnets us-west-2a,us-west-2b',
    effect:
      'The account has default subnets in these zones only, so templates get no other zones; without this fault, there are none and templates get all zones. CreateDefaultSubnet adds one. The VPC of these subnets is not shown.',
  },
  'demand-boundary': {
    nature: 'state',
    where: policyArn,
    place: 'POLICY-ARN',
    everyRegion: true,
    options: {},
    group: 'The account',
    example: 'demand-boundary arn:aws:iam::123456789012:policy/workshop-boundary',
    effect:
      "A service control policy does not allow a role to be created without this managed policy as its permissions boundary. The policy exists, and is the boundary of the account's user, too.",
  },
} as const satisfies Record<string, FaultKindEntry>

/** When and how often, for the natures that know it. Times are counted on the account's clock from when a fault is set. */
export const timing = {
  at: {reader: duration, natures: ['occasion', 'state', 'moment', 'rhythm']},
  for: {reader: someDuration, natures: ['occasion', 'state', 'rhythm']},
  times: {reader: whole(1), natures: ['occasion', 'rhythm']},
  rate: {reader: rate, natures: ['occasion']},
  region: {reader: oneOf(...regions), natures: ['occasion', 'state', 'moment', 'rhythm']},
} as const satisfies Record<string, {reader: Reader<unknown>; natures: readonly Nature[]}>

export type FaultKind = keyof typeof catalogue

export const faultKinds = Object.keys(catalogue) as FaultKind[]
