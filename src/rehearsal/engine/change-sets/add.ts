import type {ChangeSet, StackChange} from '../../account/change-set.js'
import type {StackContext} from '../../account/stack-context.js'
import {emitStackEvent} from '../events.js'
import {beginOperation} from '../operation.js'
import {keepPendingDeletes} from '../pending-deletes.js'

/** A change set that nothing is known of yet; the stack of a creation is in review from then on. */
export function addChangeSet(
  context: StackContext,
  name: string,
  change: StackChange,
  type: ChangeSet['type'],
): ChangeSet {
  const {world, region, stack} = context
  const operation = beginOperation(context, 'CREATE_CHANGESET', 'making')
  if (stack.status === '') emitStackEvent(context, 'REVIEW_IN_PROGRESS', 'User Initiated')
  // It continues beside whatever else happens to the stack, until the change set is worked out.
  keepPendingDeletes(stack, operation)
  stack.operation = undefined
  const changeSet: ChangeSet = {
    id: `arn:aws:cloudformation:${region.name}:${world.account.id}:changeSet/${name}/${world.newUuid()}`,
    name,
    stackId: stack.id,
    type,
    status: 'CREATE_PENDING',
    executionStatus: 'UNAVAILABLE',
    createdAt: world.now,
    change,
    capabilities: [],
    includeNestedStacks: false,
    children: {},
    changes: [],
    operationId: operation.id,
  }
  stack.changeSets = [...(stack.changeSets ?? []), changeSet]
  return changeSet
}
