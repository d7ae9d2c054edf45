import {stackSeconds} from '../../durations.js'
import {ResourceFailure} from '../kinds/kind.js'
import {requiredCapabilities} from './capabilities.js'
import {changesAnything} from './changes.js'
import {childChange} from './child-change.js'
import {tellRow, tellStack} from './events.js'
import {beginOperation, snapshotOf} from './operation.js'
import {templateOf} from './parsed-template.js'
import {childOf, nudge, operationOf, type Scene} from './scene.js'
import type {Stack, StackRow} from './stack.js'

/**
 * Makes the stack behind a nested row. It inherits tags, capabilities, role and the rollback setting.
 * Source: CloudFormation user guide, "Working with nested stacks".
 * @throws ResourceFailure or TemplateError: the row then fails with that reason.
 */
export function createChild(parent: Scene, row: StackRow): void {
  const {world, region, stack} = parent
  const change = childChange(parent, row.properties)
  const missing = requiredCapabilities(templateOf(change.template)).filter(
    name => !stack.capabilities.includes(name) && !stack.capabilities.includes('CAPABILITY_NAMED_IAM'),
  )
  if (missing.length > 0) throw new ResourceFailure(`Requires capabilities : [${missing.join(', ')}]`)
  const name = `${stack.name}-${row.logicalId}-${world.newSuffix(12)}`.slice(0, 128)
  const child: Stack = {
    id: stackArn(parent, name),
    name,
    status: '',
    createdAt: world.now,
    description: templateOf(change.template).description,
    ...change,
    capabilities: stack.capabilities,
    disableRollback: stack.disableRollback,
    onFailure: stack.onFailure,
    terminationProtection: false,
    roleArn: stack.roleArn,
    notificationArns: [],
    parentId: stack.id,
    parentLogicalId: row.logicalId,
    rootId: stack.rootId ?? stack.id,
    rows: {},
    outputs: [],
    imports: [],
    events: [],
    lastOperations: [],
    clientRequestToken: stack.clientRequestToken,
  }
  region.stacks[child.id] = child
  row.physicalId = child.id
  tellRow(parent, row, row.status, 'Resource creation Initiated')
  const scene: Scene = {world, region, stack: child}
  beginOperation(scene, 'CREATE_STACK', 'making')
  tellStack(scene, 'CREATE_IN_PROGRESS', 'User Initiated')
  nudge(scene, stackSeconds.firstRow)
}

/** Whether the stack behind a row would change with these properties. */
export function childChanges(parent: Scene, row: StackRow, properties: Record<string, unknown>): boolean {
  const child = childOf(parent, row.physicalId)
  return !child || changesAnything(child, childChange(parent, properties))
}

/** Brings the stack behind a row to the row's properties; false when nothing in it changes. */
export function updateChild(parent: Scene, row: StackRow): boolean {
  const child = childOf(parent, row.physicalId)
  if (!child) throw new ResourceFailure(`Stack with id ${row.physicalId} does not exist`)
  const change = childChange(parent, row.properties)
  if (!changesAnything(child, change)) return false
  const before = snapshotOf(child.stack)
  Object.assign(child.stack, change, {
    updatedAt: child.world.now,
    clientRequestToken: parent.stack.clientRequestToken,
  })
  beginOperation(child, 'UPDATE_STACK', 'making', before).disableRollback = operationOf(
    parent.stack,
  ).disableRollback
  tellStack(child, 'UPDATE_IN_PROGRESS', 'User Initiated')
  nudge(child, stackSeconds.firstRow)
  return true
}

/** Why the row of a nested stack failed, from the nested stack's own status. */
export function embeddedFailure(child: Stack): string {
  if (child.status === 'CREATE_FAILED') {
    return `Embedded stack ${child.id} was not successfully created: ${child.statusReason ?? ''}`
  }
  if (child.status === 'DELETE_FAILED') {
    return `Embedded stack ${child.id} was not successfully deleted: ${child.statusReason ?? ''}`
  }
  const reason = child.operation?.failureReason ?? child.statusReason ?? ''
  return `Embedded stack ${child.id} was not successfully updated. Currently in ${child.status} with reason: ${reason}`
}

/** Tells the parent that a nested stack has come to the end of its part; it notices a little later. */
export function tellParent(scene: Scene): void {
  const {world, region, stack} = scene
  if (stack.parentId === undefined) return
  const parent = region.stacks[stack.parentId]
  if (!parent?.operation) return
  const {least, most} = stackSeconds.noticed
  const noticeSeconds =
    least + (most - least) * world.chance(stack.parentLogicalId ?? '', stack.status, 'noticed')
  world.schedule('child.settled', noticeSeconds, region.name, {
    stackId: parent.id,
    operationId: operationOf(parent).id,
    logicalId: stack.parentLogicalId,
  })
}

export function stackArn({world, region}: Pick<Scene, 'world' | 'region'>, name: string): string {
  return `arn:aws:cloudformation:${region.name}:${world.account.id}:stack/${name}/${world.newUuid()}`
}
