import type {ResourceWork} from '../account/event-data.js'
import type {StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {sameValue} from './changes.js'
import {emitResourceEvent} from './events.js'
import {childChanges, createChild, updateChild} from './nested.js'
import {isRollback} from './operation.js'
import {type ResourceProperties, resourceProperties} from './resource-properties.js'
import {continueRollback, rollBack, rollBackUpdate} from './rollback.js'
import {childOf, operationOf} from './stack-context.js'
import {completeResource, workLater} from './stack-resources.js'

/** Seconds until a nested resource whose stack has nothing to change is complete. */
const unchangedChildSeconds = 1

/** Begins to bring a nested stack to its resource's properties; false when nothing in it changes. */
export function beginChild(
  context: StackContext,
  stackResource: StackResource,
  resolved: ResourceProperties,
): boolean {
  const {properties} = resolved
  const operation = operationOf(context.stack)
  if (isRollback(operation)) return beginChildRollback(context, stackResource, resolved, operation.skip ?? [])
  const isRetried = stackResource.status.endsWith('_FAILED')
  if (
    !isRetried &&
    sameValue(stackResource.properties, properties) &&
    !childChanges(context, stackResource, properties)
  )
    return false
  beginChildUpdate(context, stackResource, resolved)
  workLater(context, stackResource, 'apply', 1)
  return true
}

/** What a nested stack was is its own affair: its template is not read anew, and what went back by itself stays. */
function beginChildRollback(
  context: StackContext,
  stackResource: StackResource,
  resolved: ResourceProperties,
  skip: string[],
): boolean {
  const child = childOf(context, stackResource.physicalId)
  const turnsBack = child !== undefined && hasRollbackTarget(child)
  if (
    !turnsBack &&
    stackResource.status !== 'UPDATE_FAILED' &&
    sameValue(stackResource.properties, resolved.properties)
  )
    return false
  const cannotGoBack = operationOf(context.stack).type === 'CONTINUE_ROLLBACK' && isGone(child)
  beginChildUpdate(context, stackResource, resolved)
  if (turnsBack) turnChildBack(context, child, skip)
  else if (cannotGoBack) workLater(context, stackResource, 'apply', 1)
  else workLater(context, stackResource, 'settle', unchangedChildSeconds)
  return true
}

function beginChildUpdate(
  context: StackContext,
  stackResource: StackResource,
  resolved: ResourceProperties,
): void {
  const operation = operationOf(context.stack)
  Object.assign(stackResource, resolved)
  operation.running.push(stackResource.logicalId)
  emitResourceEvent(context, stackResource, 'UPDATE_IN_PROGRESS')
}

/**
 * Deleted by itself since its rollback failed: continuing must skip it. Source: CloudFormation API reference,
 * ContinueUpdateRollback, ResourcesToSkip: the logical id of a nested stack in DELETE_COMPLETE may be given.
 */
function isGone(child: StackContext | undefined): boolean {
  return child === undefined || child.stack.status === 'DELETE_COMPLETE'
}

/** Whether a nested stack is rolling back, or is to. */
function hasRollbackTarget({stack}: StackContext): boolean {
  return (
    stack.operation !== undefined || stack.stable !== undefined || stack.status === 'UPDATE_ROLLBACK_FAILED'
  )
}

/** A nested stack follows its parent back, unless it is on its way already. */
function turnChildBack(parent: StackContext, child: StackContext, skip: string[]): void {
  const {stack} = child
  stack.clientRequestToken = parent.stack.clientRequestToken
  if (stack.operation?.phase === 'waiting') return rollBackUpdate(child, '')
  if (stack.operation) return
  if (stack.status === 'UPDATE_ROLLBACK_FAILED') return continueRollback(child, {skip})
  rollBack(child, {reason: '', before: stack.stable})
}

/** Does the part of a nested resource's work that is due. @throws what its template or parameters have against it. */
export function workOnChild(context: StackContext, stackResource: StackResource, work: ResourceWork): void {
  if (work === 'create') {
    Object.assign(stackResource, resourceProperties(context, stackResource.logicalId))
    createChild(context, stackResource)
  } else if (work === 'settle') completeResource(context, stackResource)
  else if (!updateChild(context, stackResource))
    workLater(context, stackResource, 'settle', unchangedChildSeconds)
}
