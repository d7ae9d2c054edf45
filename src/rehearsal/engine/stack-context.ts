import type {Region} from '../account/account.js'
import type {Stack, StackOperation} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import type {World} from '../account/world.js'
import {slowness} from '../faults/resource-faults.js'

/** The type of the resource that stands for a nested stack. */
export const nestedStackType = 'AWS::CloudFormation::Stack'

/** The context of a stack by id. @throws Error when the account has no such stack: a defect of the engine. */
export function stackContext(world: World, region: Region, stackId: string): StackContext {
  const stack = region.stacks[stackId]
  if (!stack) throw new Error(`No stack ${stackId} in ${region.name}`)
  return {world, region, stack}
}

/** The operation under way. @throws Error when the stack is at rest: a defect of the engine. */
export function operationOf(stack: Stack): StackOperation {
  if (!stack.operation) throw new Error(`Stack ${stack.name} is at rest`)
  return stack.operation
}

/** The nested stack behind a resource, or undefined when it was never made. */
export function childOf(context: StackContext, physicalId: string): StackContext | undefined {
  const child = context.region.stacks[physicalId]
  return child && {...context, stack: child}
}

/**
 * `seconds`, 15 % more or less by chance. The chance depends on the seed, the place in the tree and the
 * action, never on the order of calls, so that a rehearsal can be repeated.
 */
export function jittered(context: StackContext, logicalId: string, action: string, seconds: number): number {
  const {world, stack} = context
  const place = stack.parentLogicalId ?? stack.name
  return (
    seconds * slowness(context, logicalId, action) * (0.85 + 0.3 * world.chance(place, logicalId, action))
  )
}

/** Lets a stack look at what it can begin or end next. Everything moves by events, never by recursion. */
export function scheduleStackStep({world, region, stack}: StackContext, seconds = 0): void {
  world.schedule('stack.step', seconds, region.name, {
    stackId: stack.id,
    operationId: operationOf(stack).id,
  })
}
