import {failed, type McpgwError} from '../../errors.js'
import {findStanding, isOurs, notOurs, type StandingStack} from '../stacks/standing.js'
import {waysOnFrom} from '../stacks/ways-on.js'
import type {Step} from '../step.js'
import type {WatchContext} from './context.js'

/** Finds what stands under the environment's name and what runs on it, whoever started it. */
export function findOperations(): Step<WatchContext> {
  return {
    id: 'find',
    title: 'Find what runs',
    async run(context, {tell}) {
      const {aws, environment} = context
      const found = await findStanding(aws.stacks, environment)
      const standing = found.filter(({stack}) => isOurs(stack, environment))
      const [other] = found
      if (standing.length === 0)
        throw other === undefined ? noSuchEnvironment(context) : notOurs(other.stack.name, environment)
      for (const {stack} of standing) tell({kind: 'note', text: `Stack ${stack.name} is in ${stack.status}`})
      context.standing = standing
    },
  }
}

/** Those of the stacks on which something runs that can be followed. */
export function running(standing: readonly StandingStack[]): readonly StandingStack[] {
  return standing.filter(({stack}) => waysOnFrom(stack.status).watch === 'follow')
}

/** Nothing of this environment is there to be followed or stopped. */
export function noSuchEnvironment({
  environment,
  aws,
  commandLine,
}: Pick<WatchContext, 'environment' | 'aws' | 'commandLine'>): McpgwError {
  return failed(
    'NO_SUCH_ENVIRONMENT',
    `No such environment: ${environment} does not stand in region ${aws.region}.`,
    {
      hint: `Run \`${commandLine('deploy')}\`, or name another environment or region.`,
      resource: environment,
    },
  )
}
