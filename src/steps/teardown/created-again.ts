import {type ExistingStack, findExistingAtOnce, isOurs} from '../stacks/existing-stacks.js'
import type {TeardownContext} from './context.js'

/** Stacks of the environment that somebody has made since its stacks were deleted; what they use is not ours to remove. */
export async function createdAgain({
  aws,
  environment,
}: Pick<TeardownContext, 'aws' | 'environment'>): Promise<readonly ExistingStack[]> {
  const existingStacks = await findExistingAtOnce(aws.stacks, environment)
  return existingStacks.filter(({stack}) => isOurs(stack, environment))
}
