import type {Region} from '../../account/account.js'
import {tellStack} from '../events.js'
import {beginOperation, closeOperation} from '../operation.js'
import type {Scene} from '../scene.js'
import type {ChangeSet} from './change-set.js'

/** Nested stacks that wait in review below a stack go with the change set that made them, but for those still planned. */
export function discardReview({world, region, stack}: Scene, planned: ReadonlySet<string> = new Set()): void {
  const waiting = Object.entries(stack.inReview ?? {})
  for (const [, id] of waiting) {
    const child = region.stacks[id]
    if (child?.status !== 'REVIEW_IN_PROGRESS') continue
    const scene: Scene = {world, region, stack: child}
    discardReview(scene, planned)
    if (planned.has(id)) continue
    beginOperation(scene, 'DELETE_STACK', 'deleting')
    child.deletedAt = world.now
    tellStack(scene, 'DELETE_COMPLETE')
    closeOperation(scene, false)
  }
  stack.inReview = Object.fromEntries(waiting.filter(([, id]) => planned.has(id)))
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
