import type {Region} from '../account/account.js'
import type {World} from '../account/world.js'
import {cancelRunning} from './cancel.js'
import {requireLiveStack, validation} from './lookup.js'
import {operationOf} from './stack-context.js'

/**
 * Stops an update: what is under way is cancelled, and the stack returns to what it was.
 * Source: CloudFormation API reference, CancelUpdateStack.
 * @throws AwsError ValidationError when no update is under way, or a parent stack runs it.
 */
export function cancelUpdate(world: World, region: Region, request: {name: string}): void {
  const stack = requireLiveStack(region, request.name)
  if (stack.status !== 'UPDATE_IN_PROGRESS' || stack.operation?.ofParent) {
    throw validation('CancelUpdateStack cannot be called from current stack status')
  }
  const operation = operationOf(stack)
  if (operation.stopped !== undefined) return
  operation.disableRollback = false
  operation.stopped = 'User Initiated'
  cancelRunning({world, region, stack})
}
