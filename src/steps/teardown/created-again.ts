import {findStanding, isOurs, type StandingStack} from '../stacks/standing.js'
import type {TeardownContext} from './context.js'

/** Stacks of the environment that somebody has made since its stacks were deleted; what they use is not ours to remove. */
export async function createdAgain({
  aws,
  environment,
}: Pick<TeardownContext, 'aws' | 'environment'>): Promise<readonly StandingStack[]> {
  const standing = await findStanding(aws.stacks, environment)
  return standing.filter(({stack}) => isOurs(stack, environment))
}
