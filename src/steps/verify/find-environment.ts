import {isDeleting, isInReview} from '../../aws/stack-status.js'
import type {StackDescription} from '../../aws/stacks.js'
import {failed} from '../../errors.js'
import {findStanding, type StandingStack} from '../stacks/standing.js'
import {unitsOf} from '../stacks/units.js'
import type {Step} from '../step.js'
import type {VerifyContext} from './context.js'

/** Finds the stacks of the environment and where it answers. */
export function findEnvironment(): Step<VerifyContext> {
  return {
    id: 'find',
    title: 'Find the environment',
    async run(context, {tell}) {
      const {aws, environment} = context
      const all = await findStanding(aws.stacks, environment)
      const standing = all.filter(({stack}) => !isDeleting(stack.status) && !isInReview(stack.status))
      const complete = wholeLayout(standing, environment)
      if (complete === undefined) throw noSuchEnvironment(context, all)
      for (const {name, status} of complete) tell({kind: 'note', text: `Stack ${name} is ${status}`})
      context.outputs = Object.assign({}, ...complete.map(({outputs}) => outputs))
      context.hasDomain = complete.some(hasDomain)
    },
  }
}

/** True when the stack was given a domain of its own, which moves its listeners to HTTPS. */
export function hasDomain({parameters}: Pick<StackDescription, 'parameters'>): boolean {
  return Boolean(parameters.BaseDomain && parameters.HostedZoneId)
}

function wholeLayout(
  standing: readonly StandingStack[],
  environment: string,
): readonly StackDescription[] | undefined {
  const layouts = (['nested', 'individual'] as const).map(layout => {
    const stacks = standing.filter(candidate => candidate.layout === layout).map(({stack}) => stack)
    return stacks.length === unitsOf(layout, environment).length ? stacks : undefined
  })
  return layouts.find(stacks => stacks !== undefined)
}

function noSuchEnvironment({environment, aws, commandLine}: VerifyContext, found: readonly StandingStack[]) {
  const partly =
    found.length === 0
      ? ''
      : ` Only ${found.map(({stack}) => `${stack.name} (${stack.status})`).join(', ')} was found.`
  return failed(
    'NO_SUCH_ENVIRONMENT',
    `No such environment: ${environment} does not stand in region ${aws.region}.${partly}`,
    {hint: `Run \`${commandLine('deploy')}\`, or name another environment or region.`, resource: environment},
  )
}
