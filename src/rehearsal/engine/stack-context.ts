import type {Region} from '../account/account.js'
import type {World} from '../account/world.js'
import {slowness} from '../faults/resource-faults.js'
import type {Stack, StackOperation} from './stack.js'

/** One stack where it stands: what nearly every function of the engine works on. */
export interface Scene {
  world: World
  region: Region
  stack: Stack
}

/** The type of the row that stands for a nested stack. */
export const nestedStackType = 'AWS::CloudFormation::Stack'

/** The scene of a stack by id. @throws Error when the account has no such stack: a defect of the engine. */
export function sceneOf(world: World, region: Region, stackId: string): Scene {
  const stack = region.stacks[stackId]
  if (!stack) throw new Error(`No stack ${stackId} in ${region.name}`)
  return {world, region, stack}
}

/** The operation under way. @throws Error when the stack is at rest: a defect of the engine. */
export function operationOf(stack: Stack): StackOperation {
  if (!stack.operation) throw new Error(`Stack ${stack.name} is at rest`)
  return stack.operation
}

/** The nested stack behind a row, or undefined when it was never made. */
export function childOf(scene: Scene, physicalId: string): Scene | undefined {
  const child = scene.region.stacks[physicalId]
  return child && {...scene, stack: child}
}

/**
 * `seconds`, 15 % more or less by chance. The chance depends on the seed, the place in the tree and the
 * action, never on the order of calls, so that a rehearsal can be repeated.
 */
export function jittered(scene: Scene, logicalId: string, action: string, seconds: number): number {
  const {world, stack} = scene
  const place = stack.parentLogicalId ?? stack.name
  return seconds * slowness(scene, logicalId, action) * (0.85 + 0.3 * world.chance(place, logicalId, action))
}

/** Lets a stack look at what it can begin or end next. Everything moves through the agenda, never by recursion. */
export function nudge({world, region, stack}: Scene, seconds = 0): void {
  world.schedule('stack.step', seconds, region.name, {
    stackId: stack.id,
    operationId: operationOf(stack).id,
  })
}
