import type {Stack, StackEvent, StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {nestedStackType, operationOf} from './stack-context.js'

/** Source: CloudFormation API reference, StackEvent: the id of a resource's event is `LogicalId-STATUS-timestamp`. */
export function eventId({
  id,
  logicalId,
  status,
  at,
}: Pick<StackEvent, 'id' | 'logicalId' | 'status' | 'at'>): string {
  return id ?? `${logicalId}-${status}-${new Date(at).toISOString()}`
}

/** Sets a resource's status and tells it as an event. */
export function emitResourceEvent(
  context: StackContext,
  stackResource: StackResource,
  status: string,
  reason?: string,
): void {
  stackResource.status = status
  stackResource.reason = reason
  stackResource.updatedAt = context.world.now
  push(context, {
    logicalId: stackResource.logicalId,
    physicalId: stackResource.physicalId,
    type: stackResource.type,
    status,
    reason,
    properties: textOf(stackResource.shown ?? stackResource.properties),
  })
  // The last word on these properties, as a rule.
  if (!status.endsWith('IN_PROGRESS')) texts.delete(stackResource.shown ?? stackResource.properties)
}

/** Several events tell of the same properties: they share one string. */
const texts = new WeakMap<object, string>()

function textOf(properties: Record<string, unknown>): string {
  const known = texts.get(properties)
  if (known !== undefined) return known
  const text = JSON.stringify(properties)
  texts.set(properties, text)
  return text
}

/** Sets the stack's own status and tells it as an event. */
export function emitStackEvent(context: StackContext, status: string, reason?: string): void {
  const {stack, world} = context
  stack.status = status
  stack.statusReason = reason
  push(context, {
    id: world.newUuid(),
    logicalId: stack.name,
    physicalId: stack.id,
    type: nestedStackType,
    status,
    reason,
  })
}

/**
 * The id of an event that would have the one of another: of two physical resources with one logical id that are
 * deleted at the same moment. Undefined where its own is free.
 */
function freeId({events}: Stack, logicalId: string, status: string, at: number): string | undefined {
  let same = 0
  for (let index = events.length - 1; events[index]?.at === at; index -= 1) {
    const event = events[index]
    if (event?.logicalId === logicalId && event.status === status) same += 1
  }
  return same === 0 ? undefined : eventId({logicalId, status, at: at + same})
}

function push(
  {stack, world}: StackContext,
  event: {
    id?: string
    logicalId: string
    physicalId: string
    type: string
    status: string
    reason: string | undefined
    properties?: string
  },
): void {
  const {logicalId, physicalId, type, status, reason, properties} = event
  const id = event.id ?? freeId(stack, logicalId, status, world.now)
  // Member by member: spreading gives every object a hidden class of its own, several times the memory of the event.
  stack.events.push({
    id,
    logicalId,
    physicalId,
    type,
    status,
    reason,
    properties,
    at: world.now,
    operationId: operationOf(stack).id,
    clientRequestToken: stack.clientRequestToken,
    ...(event.physicalId === stack.id && stack.detailedStatus && {detailedStatus: stack.detailedStatus}),
  })
}
