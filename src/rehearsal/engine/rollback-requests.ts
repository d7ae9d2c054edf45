import type {Region} from '../account/account.js'
import type {DeploymentConfig} from '../account/deployment-config.js'
import type {Stack, StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import type {World} from '../account/world.js'
import {checkRollback} from './express.js'
import {isLive, requireLiveStack, validation} from './lookup.js'
import {continueRollback, resourceKey, rollBack} from './rollback.js'
import {childOf, nestedStackType} from './stack-context.js'
import {checkRole} from './submitted.js'
import {isRepeated} from './tokens.js'

export interface RollbackRequest {
  name: string
  deploymentConfig?: DeploymentConfig
  clientRequestToken?: string
  roleArn?: string
}

/**
 * Takes a stack that failed without rollback back to its last stable state; one that never had any is undone.
 * Source: CloudFormation API reference, RollbackStack, and user guide, "Stack failure options"; the refusal of other
 * states is in our words.
 * @throws AwsError ValidationError when the stack is in another state.
 */
export function rollBackStack(
  world: World,
  region: Region,
  request: RollbackRequest & {retainExceptOnCreate?: boolean},
): Stack {
  const stack = requireLiveStack(region, request.name)
  if (isRepeated(stack, request.clientRequestToken, 'ROLLBACK')) return stack
  checkRollback(stack)
  if (!/^(CREATE_FAILED|UPDATE_FAILED)$/.test(stack.status)) {
    throw validation(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`)
  }
  checkRole(world, request.roleArn)
  stack.clientRequestToken = request.clientRequestToken
  stack.retainExceptOnCreate = request.retainExceptOnCreate || undefined
  stack.deploymentConfig = request.deploymentConfig
  rollBack(
    {world, region, stack},
    {
      reason: 'User Initiated',
      before: stack.stable,
      token: request.clientRequestToken,
    },
  )
  return stack
}

/**
 * Continues the rollback of an update that failed, leaving out what is to be skipped.
 * Source: CloudFormation API reference, ContinueUpdateRollback; the refusal of other states is in our words.
 * @throws AwsError ValidationError when the stack is in another state or nested, or what is to be skipped did not fail.
 */
export function continueUpdateRollback(
  world: World,
  region: Region,
  request: RollbackRequest & {resourcesToSkip: readonly string[]},
): void {
  const stack = requireLiveStack(region, request.name)
  if (isRepeated(stack, request.clientRequestToken, 'CONTINUE_ROLLBACK')) return
  if (stack.parentId !== undefined && isLive(stack)) {
    throw validation('RollbackUpdatedStack cannot be invoked on child stacks')
  }
  if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
    throw validation(`Stack:${stack.id} is in ${stack.status} state and can not continue its rollback.`)
  }
  checkRole(world, request.roleArn)
  const context: StackContext = {world, region, stack}
  const skip = new Map(request.resourcesToSkip.map(name => [name, resourceToSkip(context, name.split('.'))]))
  const unknown = [...skip].filter(([, stackResource]) => stackResource === undefined).map(([name]) => name)
  if (unknown.length > 0) {
    throw validation(
      `Resources [${unknown.join(', ')}] are not in the UPDATE_FAILED state and can not be skipped.`,
    )
  }
  stack.clientRequestToken = request.clientRequestToken
  continueRollback(context, {skip: [...skip.values()] as string[], token: request.clientRequestToken})
}

/**
 * The key of a failed resource: `LogicalId` of the root, or `Nested.LogicalId` with the name or the logical id of a nested
 * stack at any depth.
 */
function resourceToSkip(context: StackContext, [first = '', second]: string[]): string | undefined {
  if (second === undefined) {
    const stackResource = context.stack.resources[first]
    return stackResource?.status === 'UPDATE_FAILED' && canBeSkipped(context, stackResource)
      ? resourceKey(context, first)
      : undefined
  }
  for (const {type, physicalId, logicalId} of Object.values(context.stack.resources)) {
    const child = type === nestedStackType ? childOf(context, physicalId) : undefined
    if (!child) continue
    const isMeant = first === logicalId || first === child.stack.name
    const found = resourceToSkip(child, isMeant ? [second] : [first, second])
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Source: CloudFormation API reference, ContinueUpdateRollback, ResourcesToSkip: a nested stack as a whole only in
 * DELETE_IN_PROGRESS, DELETE_COMPLETE or DELETE_FAILED.
 */
function canBeSkipped(context: StackContext, {type, physicalId}: StackResource): boolean {
  if (type !== nestedStackType) return true
  return childOf(context, physicalId)?.stack.status.startsWith('DELETE_') ?? true
}
