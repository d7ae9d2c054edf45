import type {StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {childOf, nestedStackType} from './stack-context.js'

/**
 * Whether there is something behind a resource that an update can continue with. What failed to be created is made anew; a
 * nested stack that failed is a stack all the same.
 * Source: CloudFormation user guide, "Stack failure options".
 */
export function isMade(
  context: StackContext,
  stackResource: StackResource | undefined,
): stackResource is StackResource {
  if (!stackResource || stackResource.status === 'DELETE_COMPLETE') return false
  return stackResource.status !== 'CREATE_FAILED' || livesOn(context, stackResource)
}

function livesOn(context: StackContext, {type, physicalId}: StackResource): boolean {
  const child = type === nestedStackType ? childOf(context, physicalId) : undefined
  return child !== undefined && child.stack.status !== 'DELETE_COMPLETE'
}
