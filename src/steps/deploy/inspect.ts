import {refused} from '../../errors.js'
import {decide} from '../stacks/decide.js'
import {refuseProtected} from '../stacks/remove.js'
import {findNamed, isAnothersRoot, isOurs, notOurs, type StandingStack} from '../stacks/standing.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'

/**
 * Looks at what stands under this name, and refuses what deploy must not touch: stacks of somebody else, the
 * other layout, a state that only a person can resolve.
 */
export function inspect(): Step<DeployContext> {
  return {
    id: 'inspect',
    title: 'Look at what stands',
    async run(context, {tell}) {
      const {aws, environment, settings} = context
      const named = await findNamed(aws.stacks, environment)
      const isInTheWay = ({layout}: StandingStack) => layout === settings.layout
      const standing = named.filter(found => isInTheWay(found) || !isAnothersRoot(found))
      context.standing = standing
      for (const {stack} of standing) {
        tell({kind: 'note', text: `Stack ${stack.name} exists (${stack.status})`})
        if (!isOurs(stack, environment)) throw notOurs(stack.name, environment)
        if (settings.replace) refuseProtected(stack, context)
      }
      if (settings.replace) return
      const other = standing.find(({layout}) => layout !== settings.layout)
      if (other !== undefined) throw otherLayout(other.layout, context)
      for (const {stack} of standing) {
        const decision = decide(stack, {
          onFailure: settings.onFailure,
          teardown: context.commandLine('teardown'),
          reach: aws,
        })
        if (decision.action !== 'refuse') continue
        throw refused(
          'STACK_NEEDS_ATTENTION',
          `Stack ${stack.name} cannot be deployed: ${decision.why}.`,
          `Run \`${decision.command}\` first, or \`${context.commandLine('deploy')} --replace\` to start over.`,
        )
      }
    },
  }
}

function otherLayout(layout: string, context: DeployContext) {
  return refused(
    'OTHER_LAYOUT',
    `Environment ${context.environment} stands in layout ${layout}; deploying layout ${context.settings.layout} beside it would collide.`,
    `Add --replace to tear it down first, or deploy with --layout ${layout}.`,
  )
}
