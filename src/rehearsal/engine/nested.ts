import {stackSeconds} from '../../durations.js'
import type {Stack, StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {missingCapabilities} from './capabilities.js'
import {changesAnything} from './changes.js'
import {childChange} from './child-change.js'
import {emitResourceEvent} from './events.js'
import {newStack} from './new-stack.js'
import {templateOf} from './parsed-template.js'
import {rollbackTarget} from './rollback-target.js'
import {childOf, operationOf} from './stack-context.js'
import {type Start, startCreation, startUpdate} from './starting.js'
import {checkUpdatable} from './update-stack.js'

/**
 * Makes the stack behind a nested resource. It inherits tags, capabilities, role and the rollback setting.
 * Source: CloudFormation user guide, "Working with nested stacks".
 * @throws ResourceFailure or TemplateError: the resource then fails with that reason.
 */
export function createChild(parent: StackContext, stackResource: StackResource): void {
  const {world, region, stack} = parent
  const change = childChange(parent, stackResource.properties)
  const missing = missingCapabilities(templateOf(change.template), stack.capabilities)
  if (missing.length > 0) throw new ResourceFailure(`Requires capabilities : [${missing.join(', ')}]`)
  const child =
    childInReview(parent, stackResource) ??
    newStack(parent, childName(parent, stackResource.logicalId), change)
  Object.assign(child, change, {
    ...inherited(parent, stackResource.logicalId),
    description: templateOf(change.template).description,
    timeoutMinutes: minutesOf(stackResource.properties.TimeoutInMinutes),
    notificationArns: textsOf(stackResource.properties.NotificationARNs),
  })
  stackResource.physicalId = child.id
  emitResourceEvent(parent, stackResource, stackResource.status, 'Resource creation Initiated')
  startCreation({world, region, stack: child}, startOfChild(parent))
}

/** What a nested stack has from its parent. */
export function inherited({stack}: StackContext, logicalId: string) {
  return {
    capabilities: stack.capabilities,
    disableRollback: stack.disableRollback,
    onFailure: stack.onFailure,
    roleArn: stack.roleArn,
    parentId: stack.id,
    parentLogicalId: logicalId,
    rootId: stack.rootId ?? stack.id,
  }
}

/** Source: names in public logs: `<parent>-<LogicalId>-<12 capitals and digits>`, cut to 128 characters. */
export function childName({world, stack}: StackContext, logicalId: string): string {
  return `${stack.name}-${logicalId}-${world.newSuffix(12)}`.slice(0, 128)
}

/** The stack that a change set made for a resource, which now becomes real. */
function childInReview(parent: StackContext, {logicalId}: StackResource): Stack | undefined {
  const {[logicalId]: id, ...others} = parent.stack.inReview ?? {}
  parent.stack.inReview = others
  const child = id === undefined ? undefined : parent.region.stacks[id]
  return child?.status === 'REVIEW_IN_PROGRESS' ? child : undefined
}

function startOfChild({stack}: StackContext): Start {
  const {disableRollback, unvalidated} = operationOf(stack)
  const {clientRequestToken: token, deploymentConfig} = stack
  return {token, disableRollback, disableValidation: unvalidated, deploymentConfig, ofParent: true}
}

function minutesOf(value: unknown): number | undefined {
  const minutes = Number(value)
  return minutes > 0 ? minutes : undefined
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

/** Whether the stack behind a resource would change with these properties. */
export function childChanges(
  parent: StackContext,
  stackResource: StackResource,
  properties: Record<string, unknown>,
): boolean {
  const child = childOf(parent, stackResource.physicalId)
  return !child || changesAnything(child, childChange(parent, properties))
}

/**
 * Brings the stack behind a resource to the resource's properties; false when nothing in it changes.
 * @throws when somebody deleted it by itself, or is at work on it: AwsError in UpdateStack's words.
 */
export function updateChild(parent: StackContext, stackResource: StackResource): boolean {
  const child = childOf(parent, stackResource.physicalId)
  if (!child) throw new ResourceFailure(`Stack with id ${stackResource.physicalId} does not exist`)
  checkUpdatable(child.stack, true)
  const change = childChange(parent, stackResource.properties)
  if (!changesAnything(child, change)) return false
  startUpdate(child, change, rollbackTarget(child.stack), startOfChild(parent))
  return true
}

/** Why the resource of a nested stack was not deleted: it failed, or its exports are in use elsewhere. */
export function embeddedLeft({id, statusReason = ''}: Stack): string {
  return `Embedded stack ${id} was not successfully deleted: ${statusReason}`
}

/** Why the resource of a nested stack was not made, from the nested stack's own status. */
export function embeddedFailure(child: Stack): string {
  if (child.status === 'CREATE_FAILED') {
    return `Embedded stack ${child.id} was not successfully created: ${child.statusReason ?? ''}`
  }
  const reason = child.operation?.failureReason ?? child.statusReason ?? ''
  return `Embedded stack ${child.id} was not successfully updated. Currently in ${child.status} with reason: ${reason}`
}

/** Tells the parent that a nested stack has come to the end of its part; it notices a little later. */
export function tellParent(context: StackContext): void {
  const {world, region, stack} = context
  if (stack.parentId === undefined) return
  const parent = region.stacks[stack.parentId]
  if (!parent?.operation) return
  const {least, most} = stackSeconds.noticed
  const noticeSeconds =
    least + (most - least) * world.chance(stack.parentLogicalId ?? '', stack.status, 'noticed')
  world.schedule('child.settled', noticeSeconds, region.name, {
    stackId: parent.id,
    operationId: operationOf(parent).id,
    childId: stack.id,
  })
}
