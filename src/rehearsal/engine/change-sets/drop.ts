import {endPast} from '../operation.js'
import type {Scene} from '../stack-context.js'
import type {ChangeSet} from './change-set.js'

/** Takes change sets from their stack; the work on one that is not worked out yet has failed with that. */
export function dropChangeSets(scene: Scene, isDropped: (changeSet: ChangeSet) => boolean): void {
  const {stack} = scene
  const {changeSets = []} = stack
  for (const {operationId} of changeSets.filter(isDropped)) {
    const isOver = stack.lastOperations.some(({id, endedAt}) => id === operationId && endedAt !== undefined)
    if (!isOver) endPast(scene, operationId, true)
  }
  stack.changeSets = changeSets.filter(changeSet => !isDropped(changeSet))
}
