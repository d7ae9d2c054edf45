import type {EventData} from '../account/event-data.js'
import type {StackContext} from '../account/stack-context.js'
import type {EventHandler} from '../account/world.js'
import {checkBeforeRows} from './before-resources.js'
import {deleteRows} from './deleting.js'
import {tellRow} from './events.js'
import {makeRows} from './making.js'
import {embeddedFailure, embeddedLeft} from './nested.js'
import {isRollback} from './operation.js'
import {notDeleted} from './resource-deletion.js'
import {childOf, operationOf, scheduleStackStep, stackContext} from './stack-context.js'
import {completeRow, failRow} from './stack-resources.js'

/**
 * The handler of an event that moves a stack. One that speaks of an operation which has since given way to another is
 * ignored.
 */
export function ofOperation<Data extends EventData['stack.step']>(
  handle: (context: StackContext, data: Data) => void,
): EventHandler<Data> {
  return (world, region, data) => {
    const context = stackContext(world, region, data.stackId)
    if (context.stack.operation?.id === data.operationId) handle(context, data)
  }
}

/** Lets a stack look at what it can begin or end next. */
export function stepStack(context: StackContext): void {
  const {phase} = operationOf(context.stack)
  if (phase === 'making') {
    if (checkBeforeRows(context)) makeRows(context)
  } else if (phase !== 'waiting') deleteRows(context)
}

/** A nested stack has come to the end of its part; its row follows. */
export function childSettled(context: StackContext, {childId}: EventData['child.settled']): void {
  const {stack} = context
  const operation = operationOf(stack)
  const rows = [...Object.values(stack.rows), ...operation.leftovers]
  const row = rows.find(({physicalId}) => physicalId === childId)
  const child = childOf(context, childId)
  if (!row || !child) return
  const {logicalId} = row
  if (row.status === 'DELETE_IN_PROGRESS') {
    if (child.stack.status === 'DELETE_COMPLETE') tellRow(context, row, 'DELETE_COMPLETE')
    else notDeleted(context, row, embeddedLeft(child.stack))
    return scheduleStackStep(context)
  }
  if (!operation.running.includes(logicalId)) return
  if (operation.phase === 'cleaning-up') {
    operation.running = operation.running.filter(id => id !== logicalId)
    tellRow(context, row, 'UPDATE_COMPLETE')
    return scheduleStackStep(context)
  }
  const good = isRollback(operation)
    ? ['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_COMPLETE', 'CREATE_COMPLETE']
    : ['CREATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE']
  if (good.includes(child.stack.status)) completeRow(context, row)
  else if (!isRollback(operation) || child.stack.operation === undefined) {
    failRow(context, logicalId, embeddedFailure(child.stack))
  }
}
