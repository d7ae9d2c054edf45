import {tellStack} from '../events.js'
import {beginOperation} from '../operation.js'
import {keepLeftovers} from '../pending-deletes.js'
import type {StackChange} from '../stack.js'
import type {Scene} from '../stack-context.js'
import type {ChangeSet} from './change-set.js'

/** A change set that nothing is known of yet; the stack of a creation stands in review from then on. */
export function addChangeSet(
  scene: Scene,
  name: string,
  change: StackChange,
  type: ChangeSet['type'],
): ChangeSet {
  const {world, region, stack} = scene
  const operation = beginOperation(scene, 'CREATE_CHANGESET', 'making')
  if (stack.status === '') tellStack(scene, 'REVIEW_IN_PROGRESS', 'User Initiated')
  // It goes on beside whatever else happens to the stack, until the change set is worked out.
  keepLeftovers(stack, operation)
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
