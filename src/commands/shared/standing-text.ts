import {formatSeconds} from '../../report/words.js'
import type {AwsContext} from '../../steps/context.js'
import type {StandingStack} from '../../steps/stacks/standing.js'

/** What the user confirms: where it is, and which stacks of which age will go. */
export function standingText(
  intent: string,
  {aws, clock, identity}: Pick<AwsContext, 'aws' | 'clock' | 'identity'>,
  standing: readonly StandingStack[],
): string {
  const lines = standing.map(({stack}) => {
    const age = formatSeconds((clock.now() - stack.createdAt) / 1000)
    return `  ${stack.name} (${stack.status}, created ${age} ago)`
  })
  return [`${intent}, in account ${identity?.account ?? '?'}, region ${aws.region}:`, ...lines].join('\n')
}
