import {templateOf} from './parsed-template.js'
import {nestedStackType, operationOf, type Scene} from './scene.js'
import type {StackRow} from './stack.js'

/**
 * Sets a row's status and tells it as an event.
 * Source: CloudFormation API reference, StackEvent (id `LogicalId-STATUS-timestamp`).
 */
export function tellRow(scene: Scene, row: StackRow, status: string, reason?: string): void {
  row.status = status
  row.reason = reason
  row.updatedAt = scene.world.now
  push(scene, {
    id: `${row.logicalId}-${status}-${new Date(scene.world.now).toISOString()}`,
    logicalId: row.logicalId,
    physicalId: row.physicalId,
    type: row.type,
    status,
    reason,
    properties: JSON.stringify(masked(scene, row.properties)),
  })
}

/**
 * Values of NoEcho parameters never show in events, wherever in a property they ended up.
 * Source: CloudFormation user guide, parameter property NoEcho.
 */
function masked({stack}: Scene, properties: Record<string, unknown>): unknown {
  const declared = templateOf(stack.template).parameters
  const secrets = Object.entries(stack.parameters).flatMap(([name, value]) =>
    declared[name]?.noEcho && value !== '' ? [value] : [],
  )
  if (secrets.length === 0) return properties
  return JSON.parse(JSON.stringify(properties), (_, value) =>
    typeof value === 'string'
      ? secrets.reduce((text, secret) => text.replaceAll(secret, '****'), value)
      : value,
  )
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
    id: string
    logicalId: string
    physicalId: string
    type: string
    status: string
    reason: string | undefined
    properties?: string
  },
): void {
  stack.events.push({
    ...event,
    at: world.now,
    operationId: operationOf(stack).id,
    clientRequestToken: stack.clientRequestToken,
  })
}
