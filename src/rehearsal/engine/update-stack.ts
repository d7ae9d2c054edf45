import type {Template} from '../../template/index.js'
import type {Region} from '../account/account.js'
import type {Stack} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import type {World} from '../account/world.js'
import {obsoleteChangeSets} from './change-sets/obsolete.js'
import {changesAnything} from './changes.js'
import {checkFollowUp} from './express.js'
import {requireLiveStack, validation} from './lookup.js'
import {isRetriable, rollbackTarget} from './rollback-target.js'
import {startUpdate} from './starting.js'
import {asValidation, type StackRequest, submitted} from './submitted.js'
import {isRepeated} from './tokens.js'

/** States from which a stack can be updated. Source: CloudFormation user guide, stack status codes. */
const updatable = /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE)$/

/**
 * Updates a stack.
 * Source: CloudFormation API reference, UpdateStack, and its error texts.
 * @throws AwsError ValidationError (also "No updates are to be performed."), InsufficientCapabilitiesException.
 */
export function updateStack(world: World, region: Region, request: StackRequest): Stack {
  const stack = requireLiveStack(region, request.name)
  if (isRepeated(stack, request.clientRequestToken, 'UPDATE_STACK')) return stack
  checkFollowUp(stack, request.deploymentConfig)
  checkUpdatable(stack, request.disableRollback)
  const {template, change} = submitted(world, region, request, stack)
  checkSameTypes(stack, template)
  const context: StackContext = {world, region, stack}
  if (!asValidation(() => changesAnything(context, change))) {
    throw validation('No updates are to be performed.')
  }
  const before = rollbackTarget(stack)
  stack.capabilities = [...request.capabilities]
  stack.roleArn = request.roleArn ?? stack.roleArn
  if (request.notificationArns) stack.notificationArns = [...request.notificationArns]
  obsoleteChangeSets(context)
  startUpdate(context, change, before, {...request, token: request.clientRequestToken})
  return stack
}

/** @throws AwsError ValidationError when the stack is busy, or beyond updates. */
export function checkUpdatable(stack: Stack, disableRollback: boolean | undefined): void {
  const isRetry = disableRollback === true && isRetriable(stack)
  if (updatable.test(stack.status) || isRetry) return
  throw validation(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`)
}

/** @throws AwsError ValidationError when a logical id changes its type. */
export function checkSameTypes(stack: Stack, template: Template): void {
  const changed = Object.values(stack.resources)
    .filter(({status}) => status !== 'DELETE_COMPLETE')
    .filter(({logicalId, type}) => (template.resources[logicalId]?.type ?? type) !== type)
    .map(({logicalId}) => logicalId)
  if (changed.length > 0) {
    throw validation(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`,
    )
  }
}
