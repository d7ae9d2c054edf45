import type {Stack, StackOperation, StackResource} from '../account/stack.js'

/** Nothing is left to do for a resource. */
export function isGone({status}: StackResource): boolean {
  return status === 'DELETE_COMPLETE' || status === 'DELETE_SKIPPED'
}

/** Tells apart what is to be deleted: a resource and what it had before may have one logical id. */
export function deletionKey({logicalId, physicalId}: StackResource): string {
  return `${logicalId} ${physicalId}`
}

/** Keys of those whose deletion an earlier operation began: what it came to counts no more. */
export function toBeginAgain(resources: readonly StackResource[]): string[] {
  return resources
    .filter(({status}) => status === 'DELETE_FAILED' || status === 'DELETE_IN_PROGRESS')
    .map(deletionKey)
}

/** What an operation that begins has to delete for those before it. */
export function takePendingDeletes(stack: Stack): StackResource[] {
  const {pendingDeletes = []} = stack
  delete stack.pendingDeletes
  return pendingDeletes
}

/** What an operation that ends leaves to delete for those after it. */
export function keepPendingDeletes(stack: Stack, {pendingDeletes}: StackOperation): void {
  const left = pendingDeletes.filter(stackResource => !isGone(stackResource))
  if (left.length > 0) stack.pendingDeletes = left
}

/**
 * What the deletion of resources works on: after an update the old physical resources, else every resource of the stack
 * and whatever else it still has to delete.
 */
export function resourcesToDelete({operation, resources}: Stack): StackResource[] {
  const pendingDeletes = operation?.pendingDeletes ?? []
  if (operation?.phase === 'cleaning-up') return pendingDeletes
  // A replacement that was never made has left the old physical resource with its logical id.
  const others = pendingDeletes.filter(
    ({logicalId, physicalId}) => resources[logicalId]?.physicalId !== physicalId,
  )
  return [...others, ...Object.values(resources)]
}
