import {nestedStackType, operationOf, type Scene} from './scene.js'
import type {StackEvent, StackRow} from './stack.js'

/** Source: CloudFormation API reference, StackEvent: the id of a row's event is `LogicalId-STATUS-timestamp`. */
export function eventId({id, logicalId, status, at}: StackEvent): string {
  return id ?? `${logicalId}-${status}-${new Date(at).toISOString()}`
}

/** Sets a row's status and tells it as an event. */
export function tellRow(scene: Scene, row: StackRow, status: string, reason?: string): void {
  row.status = status
  row.reason = reason
  row.updatedAt = scene.world.now
  push(scene, {
    logicalId: row.logicalId,
    physicalId: row.physicalId,
    type: row.type,
    status,
    reason,
    properties: textOf(row.shown ?? row.properties),
  })
  // The last word on these properties, as a rule.
  if (!status.endsWith('IN_PROGRESS')) texts.delete(row.shown ?? row.properties)
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
export function tellStack(scene: Scene, status: string, reason?: string): void {
  const {stack, world} = scene
  stack.status = status
  stack.statusReason = reason
  push(scene, {
    id: world.newUuid(),
    logicalId: stack.name,
    physicalId: stack.id,
    type: nestedStackType,
    status,
    reason,
  })
}

function push(
  {stack, world}: Scene,
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
  const {id, logicalId, physicalId, type, status, reason, properties} = event
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
