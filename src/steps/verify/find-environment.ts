import type {StackDescription} from '../../aws/stack-data.js'
import {isUpdatable} from '../../aws/stack-status.js'
import {holdingOf, holdingStacks} from '../resources/holding-stacks.js'
import {among, type ExistingStack, findExistingStacks, isOurs} from '../stacks/existing-stacks.js'
import {type NestedStack, nestedAmong, nestedStacks} from '../stacks/nested.js'
import {type Layout, targetsOfLayout} from '../stacks/stack-targets.js'
import type {Step} from '../step.js'
import type {VerifyContext} from './context.js'
import {nestedTrouble} from './nested-trouble.js'
import {notVerifiable} from './not-verifiable.js'

/** Begins to read the stacks: that takes as long as finding out whose account it is. */
export function readStacksAhead(context: VerifyContext): void {
  context.ahead = context.aws.stacks.atOnce()
  // Told where it is waited for, unless the run has ended before.
  context.ahead.catch(() => {})
}

/**
 * Finds the stacks of the environment, all of them complete and at rest, the nested ones too, and where it answers.
 * @throws exit code 1 with what is not, and the command to run next
 */
export function findEnvironment(): Step<VerifyContext> {
  return {
    id: 'find',
    title: 'Find the environment',
    async run(context, {tell}) {
      const {layout, stacks, nested} = await soundStacks(context)
      for (const {name, status} of stacks) tell({kind: 'note', text: `Stack ${name} is ${status}`})
      context.layout = layout
      context.holding = nested ? holdingOf(nested) : await holdingStacks(context.aws.stacks, layout, stacks)
      context.outputs = Object.assign({}, ...stacks.map(({outputs}) => outputs))
      context.parameters = Object.assign({}, ...stacks.map(({parameters}) => parameters))
      context.hasDomain = stacks.some(hasDomain)
    },
  }
}

/**
 * Looks at the stacks once more: the checks take seconds, and what somebody began to delete meanwhile answers a while longer.
 * @throws as `findEnvironment`
 */
export function stillStands(): Step<VerifyContext> {
  return {
    id: 'still-stands',
    title: 'Check the stacks again',
    async run(context) {
      await soundStacks(context)
    },
  }
}

/** Sound stacks; `nested` has those below the root, in a layout that has one. */
interface Sound {
  layout: Layout
  stacks: readonly StackDescription[]
  nested?: readonly NestedStack[]
}

async function soundStacks(context: VerifyContext): Promise<Sound> {
  const {aws, environment} = context
  const all = await (context.ahead ?? aws.stacks.atOnce())
  context.ahead = undefined
  const existingStacks = await findExistingStacks(all ? among(all) : aws.stacks, environment)
  const layout = wholeLayout(existingStacks, environment)
  // Whatever the checks found on the way up or down would be true for a moment, and its remedies harmful.
  if (layout === undefined) throw await notVerifiable(context, existingStacks)
  const stacks = existingStacks.filter(candidate => candidate.layout === layout).map(({stack}) => stack)
  const [root] = layout === 'nested' ? stacks : []
  if (root === undefined) return {layout, stacks}
  const nested = (all && nestedAmong(all, root)) ?? (await nestedStacks(aws.stacks, root.id))
  const trouble = nestedTrouble(context, nested)
  if (trouble !== undefined) throw trouble
  return {layout, stacks, nested}
}

/** True when the stack was given a domain of its own, which moves its listeners to HTTPS. */
export function hasDomain({parameters}: Pick<StackDescription, 'parameters'>): boolean {
  return Boolean(parameters.BaseDomain && parameters.HostedZoneId)
}

/** The layout of which every stack is ours, complete and at rest. */
function wholeLayout(existingStacks: readonly ExistingStack[], environment: string): Layout | undefined {
  const sound = existingStacks.filter(({stack}) => isOurs(stack, environment) && isUpdatable(stack.status))
  return (['nested', 'individual'] as const).find(layout => {
    const stackTargets = targetsOfLayout(layout, environment)
    return sound.filter(candidate => candidate.layout === layout).length === stackTargets.length
  })
}
