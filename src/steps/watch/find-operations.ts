import type {StackDescription} from '../../aws/stack-data.js'
import {failed, type McpgwError} from '../../errors.js'
import {elsewhereWords} from '../elsewhere.js'
import {stateWords} from '../stacks/decide-nested.js'
import {type ExistingStack, findExistingStacks, isOurs, notOurs} from '../stacks/existing-stacks.js'
import {isBusy, type NestedStack, nestedStacks, troubleOf} from '../stacks/nested.js'
import {actionsFor} from '../stacks/stack-actions.js'
import type {Layout} from '../stacks/stack-targets.js'
import type {Step} from '../step.js'
import type {WatchContext} from './context.js'

/** Finds what exists under the environment's name and what runs on it, whoever started it. */
export function findOperations(): Step<WatchContext> {
  return {
    id: 'find',
    title: 'Find operations in progress',
    async run(context, {tell}) {
      const {aws, environment} = context
      const found = await findExistingStacks(aws.stacks, environment)
      const existingStacks = found.filter(({stack}) => isOurs(stack, environment))
      const [other] = found
      if (existingStacks.length === 0)
        throw other === undefined ? await noSuchEnvironment(context) : notOurs(other.stack.name, environment)
      for (const {stack} of existingStacks)
        tell({kind: 'note', text: `Stack ${stack.name} is in ${stack.status}`})
      context.existingStacks = existingStacks
      context.nested = await nestedOf(context, existingStacks)
      for (const nested of context.nested.filter(one => troubleOf(one) !== undefined))
        tell({kind: 'note', text: `Nested stack ${nested.name} ${stateWords(nested)}`})
    },
  }
}

/** Something that runs and can be followed: on a stack of the environment, or on a nested one by itself. */
export interface Running {
  readonly stack: StackDescription
  readonly label: string
  readonly layout: Layout
}

/** What runs; what the root does to its nested stacks is the root's. */
export function running({
  existingStacks = [],
  nested = [],
}: Pick<WatchContext, 'existingStacks' | 'nested'>): readonly Running[] {
  return [
    ...existingStacks
      .filter(({stack}) => actionsFor(stack.status).watch === 'follow')
      .map(({stack, stackTarget, layout}) => ({stack, layout, label: stackTarget.label})),
    ...nested.filter(isBusy).map(({stack, key}) => ({stack, layout: 'nested' as const, label: key})),
  ]
}

/** The nested stacks of a root that is complete and at rest; none where there is no such root. */
export async function nestedOf(
  {aws}: Pick<WatchContext, 'aws'>,
  existingStacks: readonly ExistingStack[],
): Promise<readonly NestedStack[]> {
  const root = existingStacks.find(({layout}) => layout === 'nested')
  if (root === undefined || actionsFor(root.stack.status).verify !== 'check') return []
  return nestedStacks(aws.stacks, root.stack.id)
}

/** Nothing of this environment is there to be followed or stopped. */
export async function noSuchEnvironment({
  environment,
  aws,
  commandLine,
}: Pick<WatchContext, 'environment' | 'aws' | 'commandLine'>): Promise<McpgwError> {
  const elsewhere = await elsewhereWords({environment, aws})
  return failed(
    'NO_SUCH_ENVIRONMENT',
    `No such environment: ${environment} does not exist in region ${aws.region}.${elsewhere === undefined ? '' : ` ${elsewhere}`}`,
    {
      hint: `Run \`${commandLine('deploy')}\`, or name another environment or region.`,
      resource: environment,
    },
  )
}
