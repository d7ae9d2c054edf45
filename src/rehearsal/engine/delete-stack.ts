import type {Region} from '../account/account.js'
import type {DeploymentConfig} from '../account/deployment-config.js'
import type {Stack} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import type {World} from '../account/world.js'
import {beginDeletion} from './begin-deletion.js'
import {discardReview} from './change-sets/review.js'
import {checkFollowUp} from './express.js'
import {isInterruptible} from './interruptible.js'
import {findStack, isLive, validation} from './lookup.js'
import {checkRole} from './submitted.js'
import {isRepeated} from './tokens.js'

export interface DeleteRequest {
  name: string
  clientRequestToken?: string
  retainResources?: readonly string[]
  deletionMode?: 'STANDARD' | 'FORCE_DELETE_STACK'
  roleArn?: string
  deploymentConfig?: DeploymentConfig
}

/**
 * Deletes a stack; a name that does not exist is no error, and neither is a deletion under way.
 * Source: CloudFormation API reference, DeleteStack.
 * @throws AwsError ValidationError: termination protection, an update under way, options for another state.
 */
export function deleteStack(world: World, region: Region, request: DeleteRequest): void {
  const stack = findStack(region, request.name)
  if (!stack || !isLive(stack) || stack.status === 'DELETE_IN_PROGRESS') return
  if (isRepeated(stack, request.clientRequestToken, 'DELETE_STACK')) return
  if (isProtected(region, stack)) {
    throw validation(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`)
  }
  if (stack.operation && !isInterruptible(stack.status)) {
    throw validation(`Stack [${request.name}] cannot be deleted while in status ${stack.status}`)
  }
  checkFollowUp(stack, request.deploymentConfig)
  const {retainResources = [], deletionMode} = request
  if (stack.status !== 'DELETE_FAILED') checkOptions(stack, request)
  checkRetained(stack, retainResources)
  checkRole(world, request.roleArn)
  const context: StackContext = {world, region, stack}
  stack.clientRequestToken = request.clientRequestToken
  stack.deletionMode = deletionMode
  stack.deploymentConfig = request.deploymentConfig
  discardReview(context)
  beginDeletion(context, {
    token: request.clientRequestToken,
    retain: [...retainResources],
    force: deletionMode === 'FORCE_DELETE_STACK',
  })
}

/** Source: CloudFormation API reference, DeleteStack; the words for the mode are ours. */
function checkOptions(stack: Stack, {retainResources, deletionMode}: DeleteRequest): void {
  if (retainResources && retainResources.length > 0) {
    throw validation(
      `Invalid operation on stack [${stack.id}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.`,
    )
  }
  if (deletionMode === 'FORCE_DELETE_STACK') {
    throw validation(
      `Invalid operation on stack [${stack.id}]. FORCE_DELETE_STACK is only for a stack in the DELETE_FAILED state.`,
    )
  }
}

/** Source: DeleteStack's message for resources that are gone, in public reports; one that never was is answered alike. */
function checkRetained({resources}: Stack, names: readonly string[]): void {
  if (names.every(name => Object.hasOwn(resources, name) && resources[name]?.status !== 'DELETE_COMPLETE'))
    return
  throw validation(
    'The specified resources to retain must be in a valid state. Do not specify resources that are in the DELETE_COMPLETE state.',
  )
}

/** Nested stacks are protected with their root. Source: CloudFormation user guide, "Protect stacks". */
export function isProtected(region: Region, stack: Stack): boolean {
  const root = stack.rootId === undefined ? stack : region.stacks[stack.rootId]
  return root?.terminationProtection ?? false
}

/**
 * Switches a stack's protection from deletion.
 * @throws AwsError ValidationError for a nested stack, which has that of its root.
 */
export function protectStack(stack: Stack, enabled: boolean): void {
  if (stack.rootId !== undefined) {
    throw validation(`Termination protection of the nested stack ${stack.name} is that of its root stack.`)
  }
  stack.terminationProtection = enabled
}
