import type {Region, Resource} from '../account/account.js'
import type {DeploymentConfig} from '../account/deployment-config.js'
import type {Stack, StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {goingOf, isSettling} from '../resources/going.js'
import {validation} from './lookup.js'
import {providerRequest, requireProvider} from './provider-request.js'

/** Seconds from a call of CloudFormation's to the end of the resource's row, when nobody waits for more. */
export const expressSeconds = 3
/** How often what was not ready yet, or not gone yet, is tried again, in seconds. */
export const retrySeconds = 10

/**
 * Why a row is complete. Source: the AWS CDK CLI and its tests; one source writes the mode in lower case.
 */
export const expressReason =
  'Resource operation completed using Express Mode. It may continue becoming available in the background.'

/** Whether the stack's operation, or its last one, is in express mode. */
export function isExpress({deploymentConfig}: Stack): boolean {
  return deploymentConfig?.mode === 'EXPRESS'
}

/** Whether CloudFormation ends a row of this type as soon as its call has succeeded. */
export function endsEarly(context: StackContext, stackResource: StackResource): boolean {
  return isExpress(context.stack) && requireProvider(context, stackResource).awaited !== true
}

/**
 * Whether a failure leaves things as they are. Source: CloudFormation user guide, express mode: there rollback is off
 * unless it is asked for.
 */
export function disablesRollback({mode, disableRollback}: DeploymentConfig): boolean {
  return disableRollback ?? mode === 'EXPRESS'
}

/**
 * A stack that an express operation without rollback left failed takes express operations only.
 * Source: the refusal in aws/aws-cdk-cli issue 1739.
 * @throws AwsError ValidationError.
 */
export function checkFollowUp(stack: Stack, wanted: DeploymentConfig | undefined): void {
  if (!isLeftFailed(stack) || wanted?.mode === 'EXPRESS') return
  throw validation(
    `This stack is in a ${stack.status} state from a previous operation that used EXPRESS deployment mode with disable-rollback. Follow-up operations must use the same DeploymentConfig (mode=EXPRESS) until the stack reaches a *_COMPLETE state.`,
  )
}

/** @throws AwsError ValidationError. Source: as for the check of follow-ups. */
export function checkRollback(stack: Stack): void {
  if (!isExpress(stack) || !stack.status.endsWith('_FAILED')) return
  throw validation(
    'RollbackStack is not supported for stacks that were last updated using EXPRESS deployment mode and are in a failed state',
  )
}

function isLeftFailed(stack: Stack): boolean {
  const {deploymentConfig, status} = stack
  if (!deploymentConfig || !isExpress(stack) || !status.endsWith('_FAILED')) return false
  return disablesRollback(deploymentConfig)
}

/** Whether something that a resource needs is not ready yet, so that it may do later what it cannot do now. */
export function needsAreSettling(context: StackContext, {needs}: StackResource): boolean {
  const {world, region, stack} = context
  return needs.some(need => {
    const stackResource = stack.resources[need]
    const resource = stackResource && world.resource(region, stackResource.type, stackResource.physicalId)
    if (!resource) return false
    if (isSettling(world, resource)) return true
    const request = providerRequest(context, stackResource, resource.properties)
    const progress = requireProvider(context, stackResource).stabilized?.(resource, request, 'create')
    return progress?.state === 'waiting'
  })
}

/** Whether anything that a stack's tree made is on its way out, whatever its rows say. */
export function somethingIsGoing(region: Region, {id, rootId = id}: Stack): boolean {
  const isOfTree = ({owner}: Resource) => {
    const stack = owner && region.stacks[owner.stackId]
    return stack !== undefined && (stack.rootId ?? stack.id) === rootId
  }
  return Object.values(region.resources).some(
    resource => goingOf(resource) !== undefined && isOfTree(resource),
  )
}
