import {awsCommand, shell} from '../../aws/command-line.js'
import type {StackDescription} from '../../aws/stack-data.js'
import {defaultTemplateBucket, environmentTag} from '../../environment/names.js'
import {refused} from '../../errors.js'
import {requireContext} from '../context.js'
import {elsewhereWords} from '../elsewhere.js'
import {findExistingAtOnce, findExistingStacks, isOurs} from '../stacks/existing-stacks.js'
import {usedLocation} from '../stacks/template-location.js'
import type {Step} from '../step.js'
import {ownerOf} from './bucket-owner.js'
import type {TeardownContext} from './context.js'
import {takeInventory} from './inventory.js'
import {logGroupNames} from './log-group-names.js'

/** Finds what will go, in either layout, and refuses what must not be touched. */
export function listExistingStacks(): Step<TeardownContext> {
  return {
    id: 'find',
    title: 'Find what exists',
    async run(context, {tell}) {
      const {aws, environment} = context
      context.standingStacks = await aws.stacks.atOnce()
      const existingStacks = await (context.standingStacks === undefined
        ? findExistingStacks(aws.stacks, environment)
        : findExistingAtOnce(aws.stacks, environment, context.standingStacks))
      for (const {stack} of existingStacks) {
        if (!isOurs(stack, environment)) throw notOurs(stack, context)
        tell({kind: 'note', text: `Found stack ${stack.name} (${stack.status})`})
      }
      context.existingStacks = existingStacks
      if (existingStacks.length === 0) {
        context.elsewhere = await elsewhereWords(context)
        if (context.elsewhere !== undefined) tell({kind: 'note', text: context.elsewhere})
      }
      context.locations = existingStacks.flatMap(({stack}) => usedLocation(stack) ?? [])
      context.hasTrace = (await ownerOf(context, defaultBucketOf(context))) === 'ours'
      context.inventory = await takeInventory(aws.stacks, existingStacks)
      context.logGroups = logGroupNames(environment, context.inventory)
    },
  }
}

/** The bucket that deploy makes when no other is named. */
export function defaultBucketOf(context: Pick<TeardownContext, 'aws' | 'environment' | 'identity'>): string {
  const {account} = requireContext(context.identity, 'the account')
  return defaultTemplateBucket(context.environment, account, context.aws.region)
}

function notOurs({name, tags}: StackDescription, {environment, aws}: TeardownContext) {
  const owner = tags[environmentTag]
  if (owner !== undefined) {
    return refused(
      'NOT_OURS',
      `Stack ${name} belongs to environment ${owner}, and is not deleted with ${environment}.`,
      `If it is to go: --environment ${owner}.`,
    )
  }
  return refused(
    'NOT_OURS',
    `Stack ${name} does not carry the tag ${environmentTag}=${environment}: mcpgw did not create it and does not delete it.`,
    `If it is yours: \`${awsCommand(aws, shell`cloudformation delete-stack --stack-name ${name}`)}\``,
  )
}
