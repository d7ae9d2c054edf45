import type {EventData} from '../account/event-data.js'
import type {StackContext} from '../account/stack-context.js'
import type {EventHandler} from '../account/world.js'
import {checkBeforeResources} from './before-resources.js'
import {deleteResources} from './deleting.js'
import {emitResourceEvent} from './events.js'
import {expressReason, isExpress} from './express.js'
import {makeResources} from './making.js'
import {embeddedFailure, embeddedLeft} from './nested.js'
import {isRollback} from './operation.js'
import {notDeleted} from './resource-deletion.js'
import {childOf, operationOf, scheduleStackStep, stackContext} from './stack-context.js'
import {completeResource, failResource} from './stack-resources.js'

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
    if (checkBeforeResources(context)) makeResources(context)
  } else if (phase !== 'waiting') deleteResources(context)
}

/** A nested stack has come to the end of its part; its resource follows. */
export function childSettled(context: StackContext, {childId}: EventData['child.settled']): void {
  const {stack} = context
  const operation = operationOf(stack)
  const resources = [...Object.values(stack.resources), ...operation.pendingDeletes]
  const stackResource = resources.find(({physicalId}) => physicalId === childId)
  const child = childOf(context, childId)
  if (!stackResource || !child) return
  const {logicalId} = stackResource
  if (stackResource.status === 'DELETE_IN_PROGRESS') {
    // What it came to the end of was another operation: of its deletion, which has begun since, it tells at its end.
    if (child.stack.operation !== undefined) return
    const reason = isExpress(stack) ? expressReason : undefined
    if (child.stack.status === 'DELETE_COMPLETE') {
      emitResourceEvent(context, stackResource, 'DELETE_COMPLETE', reason)
    } else notDeleted(context, stackResource, embeddedLeft(child.stack))
    return scheduleStackStep(context)
  }
  if (!operation.running.includes(logicalId)) return
  if (operation.phase === 'cleaning-up') {
    operation.running = operation.running.filter(id => id !== logicalId)
    emitResourceEvent(context, stackResource, 'UPDATE_COMPLETE')
    return scheduleStackStep(context)
  }
  const good = isRollback(operation)
    ? ['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_COMPLETE', 'CREATE_COMPLETE']
    : ['CREATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE']
  if (good.includes(child.stack.status)) completeResource(context, stackResource)
  else if (!isRollback(operation) || child.stack.operation === undefined) {
    failResource(context, logicalId, embeddedFailure(child.stack))
  }
}
