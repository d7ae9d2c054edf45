import type {Region} from '../../account/account.js'
import type {ChangeSet} from '../../account/change-set.js'
import type {EventData} from '../../account/event-data.js'
import type {StackContext} from '../../account/stack-context.js'
import type {World} from '../../account/world.js'
import {ModelledError, modelled} from '../../wire/index.js'
import {dropChangeSets} from './drop.js'
import {findChangeSet} from './find.js'
import {discardReview, plannedStacks} from './review.js'

/** Seconds until the change sets of nested stacks are gone with that of their root. */
const nestedSeconds = 3

/**
 * Deletes a change set; one that does not exist is no error. With nested ones it takes a moment.
 * Source: CloudFormation API reference, DeleteChangeSet.
 * @throws AwsError ValidationError, InvalidChangeSetStatusException.
 */
export function deleteChangeSet(
  world: World,
  region: Region,
  request: {changeSetName: string | undefined; stackName?: string},
): void {
  const found = existing(region, request)
  if (!found) return
  const {stack, changeSet} = found
  checkDeletable(changeSet)
  const context: StackContext = {world, region, stack}
  if (Object.keys(changeSet.children).length === 0)
    return dropChangeSets(context, other => other === changeSet)
  changeSet.status = 'DELETE_IN_PROGRESS'
  changeSet.executionStatus = 'UNAVAILABLE'
  world.schedule('change-set.gone', nestedSeconds, region.name, {
    stackId: stack.id,
    changeSetId: changeSet.id,
  })
}

/** Ends the deletion of a change set with nested ones. */
export function finishDeletion(
  world: World,
  region: Region,
  {stackId, changeSetId}: EventData['change-set.gone'],
): void {
  const stack = region.stacks[stackId]
  const changeSet = stack?.changeSets?.find(({id}) => id === changeSetId)
  if (!stack || !changeSet) return
  const context: StackContext = {world, region, stack}
  dropWithChildren(context, changeSet)
  const others = stack.changeSets ?? []
  const planned = others.flatMap(other => [...plannedStacks(region, other)])
  discardReview(context, new Set(planned))
}

function dropWithChildren(context: StackContext, changeSet: ChangeSet): void {
  const {world, region} = context
  for (const {stackId, changeSetId} of Object.values(changeSet.children)) {
    const child = region.stacks[stackId]
    const its = child?.changeSets?.find(({id}) => id === changeSetId)
    if (child && its) dropWithChildren({world, region, stack: child}, its)
  }
  dropChangeSets(context, other => other === changeSet)
}

function existing(
  region: Region,
  {changeSetName, stackName}: {changeSetName: string | undefined; stackName?: string},
) {
  try {
    return findChangeSet(region, changeSetName, stackName)
  } catch (error) {
    if (error instanceof ModelledError) return undefined
    throw error
  }
}

function checkDeletable({id, status, executionStatus, rootId}: ChangeSet): void {
  const isWorking = status === 'CREATE_PENDING' || status === 'CREATE_IN_PROGRESS'
  if (!isWorking && executionStatus !== 'EXECUTE_IN_PROGRESS' && rootId === undefined) return
  const [what, is] = isWorking ? ['status', status] : ['execution status', executionStatus]
  throw modelled(
    'InvalidChangeSetStatusException',
    `ChangeSet [${id}] cannot be deleted in its current ${what} of [${is}]`,
  )
}
