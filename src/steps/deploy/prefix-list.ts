import type {Step} from '../step.js'
import type {DeployContext} from './context.js'
import {declares} from './template-set.js'

/** The parameter that names the addresses from which CloudFront reaches the load balancers. */
export const prefixListParameter = 'CloudFrontPrefixListId'

/** CloudFormation cannot look a managed prefix list up, so deploy does and passes its id. */
export function findPrefixList(): Step<DeployContext> {
  return {
    id: 'prefix-list',
    title: "Look up CloudFront's addresses",
    skip({settings}) {
      if (settings.parameters[prefixListParameter] !== undefined) return `${prefixListParameter} is given`
      return declares(settings.templates, prefixListParameter) ? undefined : 'the templates do not ask for it'
    },
    async run(context, {tell}) {
      // A region's list keeps its id, and asking takes longer than everything else of a run that changes nothing.
      const used = context.existingStacks
        ?.map(({stack}) => stack.parameters[prefixListParameter])
        .find(Boolean)
      const id = used ?? (await context.aws.prefixLists.cloudFrontOriginFacing())
      context.cloudFrontPrefixListId = id ?? ''
      if (id === undefined) {
        tell({
          kind: 'note',
          text: `Region ${context.aws.region} has no prefix list for CloudFront: the load balancers admit IngressCidrBlocks instead`,
        })
      }
    },
  }
}
