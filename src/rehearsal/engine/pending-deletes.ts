import type {Stack, StackOperation, StackRow} from '../account/stack.js'

/** Nothing is left to do for a row. */
export function isGone({status}: StackRow): boolean {
  return status === 'DELETE_COMPLETE' || status === 'DELETE_SKIPPED'
}

/** Tells apart what is to be deleted: a row and what it had before may have one logical id. */
export function deletionKey({logicalId, physicalId}: StackRow): string {
  return `${logicalId} ${physicalId}`
}

/** Keys of those whose deletion an earlier operation began: what it came to counts no more. */
export function toBeginAgain(rows: readonly StackRow[]): string[] {
  return rows
    .filter(({status}) => status === 'DELETE_FAILED' || status === 'DELETE_IN_PROGRESS')
    .map(deletionKey)
}

/** What an operation that begins has to delete for those before it. */
export function takeLeftovers(stack: Stack): StackRow[] {
  const {leftovers = []} = stack
  delete stack.leftovers
  return leftovers
}

/** What an operation that ends leaves to delete for those after it. */
export function keepLeftovers(stack: Stack, {leftovers}: StackOperation): void {
  const left = leftovers.filter(row => !isGone(row))
  if (left.length > 0) stack.leftovers = left
}

/**
 * What the deletion of rows works on: after an update old physical resources, else every row of the stack and whatever
 * else it still has to delete.
 */
export function rowsToDelete({operation, rows}: Stack): StackRow[] {
  const leftovers = operation?.leftovers ?? []
  if (operation?.phase === 'cleaning-up') return leftovers
  // A replacement that was never made has left its row with the old resource.
  const others = leftovers.filter(({logicalId, physicalId}) => rows[logicalId]?.physicalId !== physicalId)
  return [...others, ...Object.values(rows)]
}
