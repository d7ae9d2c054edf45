import type {ChangeSet} from '../../account/change-set.js'
import type {StackContext} from '../../account/stack-context.js'
import {endPast} from '../operation.js'

/** Takes change sets from their stack; the work on one that is not worked out yet has failed with that. */
export function dropChangeSets(context: StackContext, isDropped: (changeSet: ChangeSet) => boolean): void {
  const {stack} = context
  const {changeSets = []} = stack
  for (const {operationId} of changeSets.filter(isDropped)) {
    const isOver = stack.lastOperations.some(({id, endedAt}) => id === operationId && endedAt !== undefined)
    if (!isOver) endPast(context, operationId, true)
  }
  stack.changeSets = changeSets.filter(changeSet => !isDropped(changeSet))
}
