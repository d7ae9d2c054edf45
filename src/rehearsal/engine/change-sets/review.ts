import type {Region} from '../../account/account.js'
import type {ChangeSet} from '../../account/change-set.js'
import type {StackContext} from '../../account/stack-context.js'
import {emitStackEvent} from '../events.js'
import {beginOperation, closeOperation} from '../operation.js'
import {childOf, nestedStackType} from '../stack-context.js'

/**
 * Nested stacks that wait in review, at every depth below a stack, go with the change set that made them, but for those
 * still planned.
 */
export function discardReview(context: StackContext, planned: ReadonlySet<string> = new Set()): void {
  const {world, region, stack} = context
  for (const {type, physicalId} of Object.values(stack.resources)) {
    const child = type === nestedStackType ? childOf(context, physicalId) : undefined
    if (child) discardReview(child, planned)
  }
  const waiting = Object.entries(stack.inReview ?? {})
  for (const [, id] of waiting) {
    const child = region.stacks[id]
    if (child?.status !== 'REVIEW_IN_PROGRESS') continue
    const its: StackContext = {world, region, stack: child}
    discardReview(its, planned)
    if (planned.has(id)) continue
    beginOperation(its, 'DELETE_STACK', 'deleting')
    child.deletedAt = world.now
    emitStackEvent(its, 'DELETE_COMPLETE')
    closeOperation(its, false)
  }
  if (waiting.length > 0) stack.inReview = Object.fromEntries(waiting.filter(([, id]) => planned.has(id)))
}

/** The ids of the nested stacks that a change set plans, at every depth. */
export function plannedStacks(region: Region, {children}: ChangeSet): Set<string> {
  const found = new Set<string>()
  for (const {stackId, changeSetId} of Object.values(children)) {
    found.add(stackId)
    const its = region.stacks[stackId]?.changeSets?.find(({id}) => id === changeSetId)
    if (its) for (const id of plannedStacks(region, its)) found.add(id)
  }
  return found
}
