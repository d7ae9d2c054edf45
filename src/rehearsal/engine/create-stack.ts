import type {Region} from '../account/account.js'
import type {Stack} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import type {World} from '../account/world.js'
import {modelled} from '../wire/index.js'
import {obsoleteChangeSets} from './change-sets/obsolete.js'
import {discardReview} from './change-sets/review.js'
import {liveStack} from './lookup.js'
import {newStack} from './new-stack.js'
import {startCreation} from './starting.js'
import {checkRoom, type StackRequest, submitted} from './submitted.js'
import {checkToken, isRepeated} from './tokens.js'

/** What only CreateStack knows. */
export interface CreateRequest extends StackRequest {
  disableRollback: boolean
  onFailure: Stack['onFailure']
  terminationProtection: boolean
  timeoutMinutes?: number
}

/**
 * Creates a stack; one of the name that waits in review for a change set is adopted.
 * Source: CloudFormation API reference, CreateStack, and its error texts.
 * @throws AwsError ValidationError, AlreadyExistsException, InsufficientCapabilitiesException.
 */
export function createStack(world: World, region: Region, request: CreateRequest): Stack {
  checkToken(request.clientRequestToken)
  const existing = liveStack(region, request.name)
  if (existing && isRepeated(existing, request.clientRequestToken, 'CREATE_STACK')) return existing
  const inReview = existing?.status === 'REVIEW_IN_PROGRESS' ? existing : undefined
  if (existing && !inReview) {
    throw modelled('AlreadyExistsException', `Stack [${request.name}] already exists`)
  }
  const {template, change} = submitted(world, region, request)
  if (!inReview) checkRoom(region)
  const stack = inReview ?? newStack({world, region}, request.name, change)
  Object.assign(stack, change, {
    description: template.description,
    capabilities: [...request.capabilities],
    disableRollback: request.disableRollback,
    onFailure: request.onFailure,
    terminationProtection: request.terminationProtection,
    timeoutMinutes: request.timeoutMinutes,
    roleArn: request.roleArn,
    notificationArns: [...(request.notificationArns ?? [])],
  })
  const context: StackContext = {world, region, stack}
  obsoleteChangeSets(context)
  discardReview(context)
  startCreation(context, {
    token: request.clientRequestToken,
    disableValidation: request.disableValidation,
    deploymentConfig: request.deploymentConfig,
    retainExceptOnCreate: request.retainExceptOnCreate,
  })
  return stack
}
