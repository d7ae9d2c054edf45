import type {StackOperation, StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {emitResourceEvent, emitStackEvent} from './events.js'
import {tellParent} from './nested.js'
import {closeOperation} from './operation.js'
import {endOperation} from './outcomes.js'
import {deletionKey, isGone, resourcesToDelete} from './pending-deletes.js'
import {beginResourceDeletion} from './resource-deletion.js'
import {childOf, nestedStackType, operationOf, scheduleStackStep} from './stack-context.js'

/** The status a finished deletion leads to, by the status it began under, and why when something is left. */
const afterDeletion: Readonly<Record<string, {done: string; failed: string; left?: string}>> = {
  DELETE_IN_PROGRESS: {done: 'DELETE_COMPLETE', failed: 'DELETE_FAILED'},
  ROLLBACK_IN_PROGRESS: {done: 'ROLLBACK_COMPLETE', failed: 'ROLLBACK_FAILED'},
  // A pending delete that cannot be deleted is dropped from the stack; the update has succeeded all the same.
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: {
    done: 'UPDATE_COMPLETE',
    failed: 'UPDATE_COMPLETE',
    left: 'Update successful. One or more resources could not be deleted.',
  },
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: {
    done: 'UPDATE_ROLLBACK_COMPLETE',
    failed: 'UPDATE_ROLLBACK_COMPLETE',
    left: 'Rollback successful. One or more resources could not be deleted.',
  },
}

/** Begins every deletion that nothing depends on any more; ends the operation when nothing is left to do. */
export function deleteResources(context: StackContext): void {
  const operation = operationOf(context.stack)
  if (operation.calledOff !== undefined) return callOff(context, operation.calledOff)
  const resources = resourcesToDelete(context.stack)
  if (operation.phase === 'cleaning-up') cleanUpChildren(context)
  beginDeletions(context, resources)
  if (resources.some(stackResource => isUnderWay(context, stackResource)) || operation.running.length > 0)
    return
  const end = afterDeletion[context.stack.status]
  if (!end) throw new Error(`No deletion ends from ${context.stack.status}`)
  const failed = resources
    .filter(stackResource => hasFailed(context, stackResource))
    .map(stackResource => stackResource.logicalId)
  // Nothing to begin and nothing under way, so whatever is left waits for a resource that failed.
  if (failed.length === 0 && resources.every(isGone)) endOperation(context, end.done)
  else if (failed.length > 0) {
    const reason = end.left ?? `The following resource(s) failed to delete: [${failed.join(', ')}]. `
    endOperation(context, end.failed, reason)
  } else scheduleStackStep(context)
}

/**
 * A deletion that exports in use forbid leaves the stack as it was, status included, and says why.
 * Source: public reports of UPDATE_COMPLETE, CREATE_COMPLETE and UPDATE_ROLLBACK_COMPLETE after such a deletion
 * (aws/aws-cdk issue 604, USSBA/aws-cft-tools issue 27, aws/aws-sdk-ruby issue 2084).
 */
function callOff(
  context: StackContext,
  {status, deletedAt, reason}: NonNullable<StackOperation['calledOff']>,
): void {
  context.stack.deletedAt = deletedAt
  emitStackEvent(context, status, reason)
  closeOperation(context, true)
  tellParent(context)
}

/** What is gone at once, because it was never made or is to be kept, frees what it needed at once. */
function beginDeletions(context: StackContext, resources: readonly StackResource[]): void {
  const operation = operationOf(context.stack)
  const left = resources.filter(stackResource => !isGone(stackResource))
  const dependents = new Map<string, number>()
  const byId = new Map<string, StackResource[]>()
  for (const stackResource of left) {
    byId.set(stackResource.logicalId, [...(byId.get(stackResource.logicalId) ?? []), stackResource])
    for (const need of new Set(stackResource.needs)) dependents.set(need, (dependents.get(need) ?? 0) + 1)
  }
  const free = left.filter(({logicalId}) => !dependents.get(logicalId))
  for (const stackResource of free) {
    if (!isUnderWay(context, stackResource) && !hasFailed(context, stackResource)) {
      operation.again = operation.again?.filter(key => key !== deletionKey(stackResource))
      beginResourceDeletion(context, stackResource)
    }
    if (!isGone(stackResource)) continue
    for (const need of new Set(stackResource.needs)) {
      const others = (dependents.get(need) ?? 0) - 1
      dependents.set(need, others)
      if (others === 0) free.push(...(byId.get(need) ?? []))
    }
  }
}

/** Whether a resource's deletion failed in this operation: what failed in an earlier one is tried again. */
function hasFailed(context: StackContext, stackResource: StackResource): boolean {
  return stackResource.status === 'DELETE_FAILED' && !isToBeginAgain(context, stackResource)
}

/** Whether this operation has begun to delete a resource: what an earlier one had begun when it was interrupted begins again. */
function isUnderWay(context: StackContext, stackResource: StackResource): boolean {
  return stackResource.status === 'DELETE_IN_PROGRESS' && !isToBeginAgain(context, stackResource)
}

function isToBeginAgain({stack}: StackContext, stackResource: StackResource): boolean {
  return operationOf(stack).again?.includes(deletionKey(stackResource)) === true
}

/** Nested stacks that updated well may now delete what they replaced. */
function cleanUpChildren(context: StackContext): void {
  const operation = operationOf(context.stack)
  for (const stackResource of Object.values(context.stack.resources)) {
    const child =
      stackResource.type === nestedStackType ? childOf(context, stackResource.physicalId) : undefined
    if (child?.stack.operation?.phase !== 'waiting') continue
    emitResourceEvent(context, stackResource, 'UPDATE_IN_PROGRESS')
    operation.running.push(stackResource.logicalId)
    child.stack.operation.phase = 'cleaning-up'
    scheduleStackStep(child)
  }
}
