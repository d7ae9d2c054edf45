import type {RowWork} from '../account/event-data.js'
import type {StackRow} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {sameValue} from './changes.js'
import {tellRow} from './events.js'
import {childChanges, createChild, updateChild} from './nested.js'
import {isRollback} from './operation.js'
import {type RowProperties, rowProperties} from './resource-properties.js'
import {continueRollback, rollBack, rollBackUpdate} from './rollback.js'
import {childOf, operationOf} from './stack-context.js'
import {completeRow, workLater} from './stack-resources.js'

/** Seconds until a nested row whose stack has nothing to change is complete. */
const unchangedChildSeconds = 1

/** Begins to bring a nested stack to its row's properties; false when nothing in it changes. */
export function beginChild(context: StackContext, row: StackRow, resolved: RowProperties): boolean {
  const {properties} = resolved
  const operation = operationOf(context.stack)
  if (isRollback(operation)) return beginChildRollback(context, row, resolved, operation.skip ?? [])
  const isRetried = row.status.endsWith('_FAILED')
  if (!isRetried && sameValue(row.properties, properties) && !childChanges(context, row, properties))
    return false
  beginChildUpdate(context, row, resolved)
  workLater(context, row, 'apply', 1)
  return true
}

/** What a nested stack was is its own affair: its template is not read anew, and what went back by itself stays. */
function beginChildRollback(
  context: StackContext,
  row: StackRow,
  resolved: RowProperties,
  skip: string[],
): boolean {
  const child = childOf(context, row.physicalId)
  const turnsBack = child !== undefined && hasWayBack(child)
  if (!turnsBack && row.status !== 'UPDATE_FAILED' && sameValue(row.properties, resolved.properties))
    return false
  const cannotGoBack = operationOf(context.stack).type === 'CONTINUE_ROLLBACK' && isGone(child)
  beginChildUpdate(context, row, resolved)
  if (turnsBack) turnChildBack(context, child, skip)
  else if (cannotGoBack) workLater(context, row, 'apply', 1)
  else workLater(context, row, 'settle', unchangedChildSeconds)
  return true
}

function beginChildUpdate(context: StackContext, row: StackRow, resolved: RowProperties): void {
  const operation = operationOf(context.stack)
  Object.assign(row, resolved)
  operation.running.push(row.logicalId)
  tellRow(context, row, 'UPDATE_IN_PROGRESS')
}

/**
 * Deleted by itself since its rollback failed: continuing must skip it. Source: CloudFormation API reference,
 * ContinueUpdateRollback, ResourcesToSkip: the logical id of a nested stack in DELETE_COMPLETE may be given.
 */
function isGone(child: StackContext | undefined): boolean {
  return child === undefined || child.stack.status === 'DELETE_COMPLETE'
}

/** Whether a nested stack is on its way back, or has one to go. */
function hasWayBack({stack}: StackContext): boolean {
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

/** Does the part of a nested row's work that is due. @throws what its template or parameters have against it. */
export function workOnChild(context: StackContext, row: StackRow, work: RowWork): void {
  if (work === 'create') {
    Object.assign(row, rowProperties(context, row.logicalId))
    createChild(context, row)
  } else if (work === 'settle') completeRow(context, row)
  else if (!updateChild(context, row)) workLater(context, row, 'settle', unchangedChildSeconds)
}
