import type {Stack, StackOperation, StackRow} from './stack.js'

/** Nothing is left to do for a row. */
export function isGone({status}: StackRow): boolean {
  return status === 'DELETE_COMPLETE' || status === 'DELETE_SKIPPED'
}

/** What the deletion of a row came to in an operation that is over counts no more. */
function deleteAnew(rows: readonly StackRow[]): void {
  for (const row of rows) {
    if (row.status === 'DELETE_FAILED' || row.status === 'DELETE_IN_PROGRESS') row.status = 'DELETE_PENDING'
  }
}

/** What an operation that begins has to delete for those before it. */
export function takeLeftovers(stack: Stack): StackRow[] {
  const {leftovers = []} = stack
  delete stack.leftovers
  deleteAnew(leftovers)
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
