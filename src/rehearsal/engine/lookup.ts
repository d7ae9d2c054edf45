import type {Region} from '../account/account.js'
import type {Stack} from '../account/stack.js'
import type {World} from '../account/world.js'
import {AwsError} from '../wire/index.js'
import {StackIndex} from './stack-index.js'

/** How long a deleted stack can still be read by its id. Source: CloudFormation API reference, ListStacks. */
const rememberedMs = 90 * 86_400_000
/** Stacks are forgotten by the day, so that reads do not pay for it. */
const forgetEveryMs = 86_400_000

/** CloudFormation's one code for nearly everything. */
export function validation(message: string): AwsError {
  return new AwsError('ValidationError', message)
}

/** By name among the living, or by id, deleted ones included. */
export function findStack(region: Region, nameOrId: string): Stack | undefined {
  return nameOrId.startsWith('arn:') ? region.stacks[nameOrId] : liveStack(region, nameOrId)
}

const liveStacks = new StackIndex((stack, name) => stack.name === name && isLive(stack))

/** The stack that has a name now. */
export function liveStack(region: Region, name: string): Stack | undefined {
  return liveStacks.find(region, name)
}

/** A stack that an operation is asked of. @throws AwsError ValidationError when none of that name lives. */
export function requireLiveStack(region: Region, nameOrId: string): Stack {
  const stack = findStack(region, nameOrId)
  if (!stack) throw validation(`Stack [${nameOrId}] does not exist`)
  return stack
}

export function isLive({status}: Stack): boolean {
  return status !== 'DELETE_COMPLETE'
}

const forgotten = new WeakMap<Region, number>()

/** Drops what was deleted too long ago to be read. */
export function forgetOldStacks(world: World, region: Region): void {
  if (world.now - (forgotten.get(region) ?? 0) < forgetEveryMs) return
  forgotten.set(region, world.now)
  for (const stack of Object.values(region.stacks)) {
    if (!isLive(stack) && world.now - (stack.deletedAt ?? world.now) > rememberedMs) {
      delete region.stacks[stack.id]
    }
  }
}
