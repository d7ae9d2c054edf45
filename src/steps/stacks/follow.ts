import type {FollowedStack} from '../../aws/followed-stack.js'
import {outageNoteEveryMs} from '../../aws/outage.js'
import {isPermanent} from '../../aws/permanent-failures.js'
import type {StackDescription} from '../../aws/stack-data.js'
import {followStacks} from '../../aws/stack-events.js'
import {isDeleting, isInProgress} from '../../aws/stack-status.js'
import {operationStartedAt} from '../../aws/stacks.js'
import {failed, messageOf} from '../../errors.js'
import type {StackProgress} from '../../progress.js'
import type {AwsContext} from '../context.js'
import type {StepTools} from '../step.js'
import {followServices} from './follow-services.js'
import {monitoringFailed} from './monitoring-failed.js'
import type {OperationRecord} from './record.js'
import {tellCause} from './tell-cause.js'

/** Which operation to follow. */
export interface FollowedOperation {
  id: string
  label: string
  /** When it began, on AWS's clock: older events belong to earlier operations. */
  since: number
  /** The command that attaches to it again. */
  resumeCommand: string
  /** No other stack is begun after it. @default true */
  isLast?: boolean
  foresight?: Foresight | undefined
}

/** What whoever began an operation counts on. */
export interface Foresight {
  /** Whether all that has failed by now is tried again: then there is no cause to tell of. */
  passes(): boolean
  /** Whether a failure is none. */
  isForeseen(event: StackProgress): boolean
}

type Context = Pick<AwsContext, 'aws' | 'clock'>

/**
 * Follows one stack and the stacks nested in it until it settles, tells and records each event, and returns
 * how the stack ended. Only the stack's own status decides; events are for people and for the diagnosis.
 * @throws exit code 4 when AWS refuses to be asked: the operation continues without us
 */
export function follow(
  context: Context,
  operation: FollowedOperation,
  record: OperationRecord,
  tools: StepTools,
): Promise<FollowedStack> {
  return record.during(tools.signal, () =>
    inSight({...operation, timeLabel: context.clock.label}, () =>
      toTheEnd(context, operation, record, tools),
    ),
  )
}

/** Follows the operation that was just started on a stack that existed before. */
export function followStarted(
  context: Context,
  {
    stack,
    label,
    resumeCommand,
    isLast,
    foresight,
  }: Pick<FollowedOperation, 'label' | 'resumeCommand' | 'isLast' | 'foresight'> & {stack: StackDescription},
  record: OperationRecord,
  tools: StepTools,
): Promise<FollowedStack> {
  const {id} = stack
  return record.during(tools.signal, () =>
    inSight({id, resumeCommand, timeLabel: context.clock.label}, async () => {
      const now = await begun(context, stack, tools.signal)
      const since = (await calledOffSince(context, stack, now)) ?? operationStartedAt(now)
      return toTheEnd(context, {id, label, since, resumeCommand, isLast, foresight}, record, tools)
    }),
  )
}

/** DescribeStacks may lag behind what was just started: for so long, so far apart, it is asked again. */
const begunWithinMs = 120_000
const askAgainMs = 3_000

/** The stack once it shows the operation that was just started: events of the one before would tell of its end. */
async function begun(
  {aws, clock}: Context,
  before: StackDescription,
  signal: AbortSignal,
): Promise<StackDescription> {
  const startedAt = clock.now()
  for (;;) {
    // By id: once it is deleted, its name finds nothing.
    const now = (await aws.stacks.describe(before.id)) ?? before
    const isBegun =
      isInProgress(now.status) ||
      operationStartedAt(now) > operationStartedAt(before) ||
      isNewlyCalledOff(before, now)
    if (isBegun || clock.now() - startedAt >= begunWithinMs) return now
    await clock.sleep(askAgainMs, signal)
  }
}

/** A deletion may be called off before anybody looks, and leaves no time of its own behind, only its reason. */
function isNewlyCalledOff(before: StackDescription, {reason}: StackDescription): boolean {
  return reason !== before.reason && /^Delete canceled/i.test(reason ?? '')
}

/** When a deletion that was called off at once had begun; undefined for every other operation. */
async function calledOffSince(
  {aws}: Context,
  before: StackDescription,
  now: StackDescription,
): Promise<number | undefined> {
  if (isInProgress(now.status) || !isNewlyCalledOff(before, now)) return undefined
  const events = await aws.stacks.newEvents(now.id, {seen: new Set(), since: 0})
  return events.findLast(({physicalId, status}) => physicalId === now.id && isDeleting(status))?.at
}

async function inSight<T>(
  operation: Parameters<typeof monitoringFailed>[1],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isPermanent(error) ? monitoringFailed(error, operation) : error
  }
}

async function toTheEnd(
  context: Context,
  operation: FollowedOperation,
  record: OperationRecord,
  tools: StepTools,
): Promise<FollowedStack> {
  const {id, label} = operation
  record.follows(id)
  const settled = new AbortController()
  const services = followServices(context, label, record, {
    ...tools,
    signal: AbortSignal.any([tools.signal, settled.signal]),
  })
  try {
    return await eventsToTheEnd(context, operation, record, tools)
  } finally {
    settled.abort()
    await services
  }
}

async function eventsToTheEnd(
  context: Context,
  {id, label, since, isLast, foresight}: FollowedOperation,
  record: OperationRecord,
  {tell, signal}: StepTools,
): Promise<FollowedStack> {
  const events = followStacks(context.aws.stacks, {
    roots: [{id, label}],
    since,
    clock: context.clock,
    allowance: context.aws.allowance,
    isLast,
    signal,
    onOutage({error, silentMs}) {
      const what =
        silentMs < outageNoteEveryMs
          ? 'Asking AWS for progress failed'
          : `No answer from AWS for ${Math.round(silentMs / 1000)} s`
      tell({kind: 'note', text: `${what}, retrying: ${messageOf(error)}`})
    },
  })
  for (;;) {
    const next = await events.next()
    if (next.done) {
      record.finished(next.value)
      const root = next.value.find(stack => stack.id === id) ?? next.value[0]
      if (root === undefined) throw failed('INTERNAL', `Following stack ${label} ended without its status.`)
      return root
    }
    record.add(next.value)
    const event = next.value
    if (foresight?.isForeseen(event)) {
      tell({kind: 'stack-event', event, isForeseen: true})
      continue
    }
    tell({kind: 'stack-event', event})
    if (!foresight?.passes()) tellCause(record, event, tell)
  }
}
