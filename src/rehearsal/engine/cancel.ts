import type {StackContext} from '../account/stack-context.js'
import {emitResourceEvent} from './events.js'
import {isRollback} from './operation.js'
import {endOperation, letChildrenFinish} from './outcomes.js'
import {rollBackUpdate} from './rollback.js'
import {childOf, nestedStackType, operationOf} from './stack-context.js'

/** Seconds CloudFormation takes from cancelling the rest of a stack to rolling back. */
const turnSeconds = 2

/** Cancels every resource under way, nested stacks included, and schedules the rollback. */
export function cancelRunning(context: StackContext): void {
  const {stack, world, region} = context
  const operation = operationOf(stack)
  cancelResources(context)
  world.schedule('stack.turn-back', turnSeconds, region.name, {
    stackId: stack.id,
    operationId: operation.id,
  })
}

/** The creation has taken longer than its TimeoutInMinutes. */
export function runOutOfTime(context: StackContext): void {
  const operation = operationOf(context.stack)
  if (operation.phase !== 'making' || operation.failures.length > 0) return
  operation.stopped = 'Stack creation time exceeded the specified timeout'
  cancelRunning(context)
}

function cancelResources(context: StackContext): void {
  const operation = operationOf(context.stack)
  for (const logicalId of operation.running) {
    const stackResource = context.stack.resources[logicalId]
    if (!stackResource) continue
    const creating = stackResource.status.startsWith('CREATE')
    const reason = `Resource ${creating ? 'creation' : 'update'} cancelled`
    if (stackResource.type === nestedStackType) cancelChild(childOf(context, stackResource.physicalId))
    emitResourceEvent(context, stackResource, creating ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason)
    operation.failures.push({logicalId, reason})
  }
  operation.running = []
}

/** A nested stack stops with its parent: a creation stays CREATE_FAILED, an update rolls back by itself. */
function cancelChild(child: StackContext | undefined): void {
  const operation = child?.stack.operation
  if (!child || !operation || operation.phase !== 'making' || isRollback(operation)) return
  cancelResources(child)
  const names = operation.failures.map(({logicalId}) => logicalId).join(', ')
  if (operation.type === 'UPDATE_STACK' && operation.disableRollback) {
    letChildrenFinish(child)
    return endOperation(child, 'UPDATE_FAILED', `The following resource(s) failed to update: [${names}]. `)
  }
  if (operation.type === 'UPDATE_STACK') {
    return rollBackUpdate(child, `The following resource(s) failed to update: [${names}]. `)
  }
  endOperation(child, 'CREATE_FAILED', `The following resource(s) failed to create: [${names}]. `)
}
