import type {Region} from '../../account/account.js'
import type {ChangeSet} from '../../account/change-set.js'
import type {Stack} from '../../account/stack.js'
import {modelled} from '../../wire/index.js'
import {findStack, validation} from '../lookup.js'

/**
 * A change set by its ARN, or by its name in a stack.
 * @throws AwsError ValidationError, ChangeSetNotFoundException.
 */
export function findChangeSet(
  region: Region,
  nameOrId = '',
  stackName?: string,
): {stack: Stack; changeSet: ChangeSet} {
  const stacks = stacksToSearch(region, nameOrId, stackName)
  for (const stack of stacks) {
    const changeSet = stack.changeSets?.find(({id, name}) => id === nameOrId || name === nameOrId)
    if (changeSet) return {stack, changeSet}
  }
  throw modelled('ChangeSetNotFoundException', `ChangeSet [${nameOrId}] does not exist`)
}

function stacksToSearch(region: Region, nameOrId: string, stackName: string | undefined): Stack[] {
  if (stackName !== undefined) {
    const stack = findStack(region, stackName)
    if (!stack) throw validation(`Stack [${stackName}] does not exist`)
    return [stack]
  }
  if (nameOrId.startsWith('arn:')) return Object.values(region.stacks)
  throw validation('StackName must be specified if ChangeSetName is not specified as an ARN.')
}
