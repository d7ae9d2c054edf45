import {tellStack} from '../events.js'
import {beginOperation, closeOperation} from '../operation.js'
import type {Scene} from '../scene.js'

/** Nested stacks that wait in review below a stack go with the change set that made them. */
export function discardReview({world, region, stack}: Scene): void {
  for (const id of Object.values(stack.inReview ?? {})) {
    const child = region.stacks[id]
    if (child?.status !== 'REVIEW_IN_PROGRESS') continue
    const scene: Scene = {world, region, stack: child}
    discardReview(scene)
    beginOperation(scene, 'DELETE_STACK', 'deleting')
    child.deletedAt = world.now
    tellStack(scene, 'DELETE_COMPLETE')
    closeOperation(scene, false)
  }
  delete stack.inReview
}
