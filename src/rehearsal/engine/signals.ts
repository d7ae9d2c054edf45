import type {Region} from '../account/account.js'
import type {Signal, StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import type {World} from '../account/world.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {number, record, text} from '../resources/values.js'
import {emitResourceEvent} from './events.js'
import {requireLiveStack, validation} from './lookup.js'
import {templateOf} from './parsed-template.js'
import {resolverOf} from './resolver.js'

/** Source: template reference, "CreationPolicy attribute", ResourceSignal: Count and Timeout. */
const defaultCount = 1
const defaultTimeout = 'PT5M'
/** How often CloudFormation counts, in seconds. */
const lookSeconds = 5

/**
 * Seconds until a resource's signals are to be counted again; undefined when none is awaited any more. Nothing runs on an
 * instance here, so that signals come only from those who call SignalResource.
 * Source: template reference, "CreationPolicy attribute".
 * @throws ResourceFailure when one tells of a failure, or too few have come in time.
 */
export function awaitedSignals(context: StackContext, stackResource: StackResource): number | undefined {
  if (!stackResource.status.startsWith('CREATE')) return undefined
  const policy = templateOf(context.stack.template).resources[stackResource.logicalId]?.creationPolicy
  if (policy === undefined) return undefined
  const {ResourceSignal: wanted} = record(resolverOf(context).value(policy))
  if (wanted === undefined) return undefined
  const count = number(record(wanted).Count) ?? defaultCount
  const {now} = context.world
  stackResource.signalsUntil ??= now + durationMs(text(record(wanted).Timeout) ?? defaultTimeout)
  const signals = stackResource.signals ?? []
  const failed = signals.find(({status}) => status === 'FAILURE')
  if (failed) throw new ResourceFailure(`Received FAILURE signal with UniqueId ${failed.uniqueId}`)
  if (signals.length >= count) return undefined
  if (now >= stackResource.signalsUntil) {
    throw new ResourceFailure(
      `Failed to receive ${count - signals.length} resource signal(s) within the specified duration`,
    )
  }
  return Math.min(lookSeconds, (stackResource.signalsUntil - now) / 1000)
}

/** Whether a resource that is being created waits for signals. */
export function hasCreationPolicy(context: StackContext, {logicalId, status}: StackResource): boolean {
  if (!status.startsWith('CREATE')) return false
  return templateOf(context.stack.template).resources[logicalId]?.creationPolicy !== undefined
}

/**
 * Signals a resource of a stack that is being made.
 * Source: CloudFormation API reference, SignalResource, and its error texts.
 * @throws AwsError ValidationError.
 */
export function signalResource(
  world: World,
  region: Region,
  request: Signal & {name: string; logicalId: string},
): void {
  const {name, logicalId, uniqueId, status} = request
  const stack = requireLiveStack(region, name)
  const stackResource = stack.resources[logicalId]
  if (!stackResource) throw validation(`Resource ${logicalId} does not exist for stack ${stack.name}`)
  if (!stack.operation || !stackResource.status.endsWith('_IN_PROGRESS')) {
    const resting = stack.operation ? stackResource.status : stack.status
    throw validation(`Stack ${stack.id} is in ${resting} state and cannot be signaled`)
  }
  takeSignal({world, region, stack}, stackResource, {uniqueId, status})
}

/** Takes a signal; a second one of the same id changes nothing. Source: CloudFormation API reference, SignalResource. */
function takeSignal(context: StackContext, stackResource: StackResource, signal: Signal): void {
  stackResource.signals ??= []
  if (stackResource.signals.some(({uniqueId}) => uniqueId === signal.uniqueId)) return
  stackResource.signals.push(signal)
  emitResourceEvent(
    context,
    stackResource,
    stackResource.status,
    `Received ${signal.status} signal with UniqueId ${signal.uniqueId}`,
  )
}

/** An ISO 8601 duration of hours, minutes and seconds: `PT1H30M`. @throws ResourceFailure for anything else. */
function durationMs(duration: string): number {
  const match = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration)
  if (!match) throw new ResourceFailure(`Invalid Timeout: ${duration} is not an ISO 8601 duration`)
  const [hours, minutes, seconds] = match.slice(1).map(part => Number(part ?? 0)) as [number, number, number]
  return (hours * 3600 + minutes * 60 + seconds) * 1000
}
