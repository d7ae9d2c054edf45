import type {StackDescription} from '../../aws/stack-data.js'
import {failed, type McpgwError} from '../../errors.js'
import {stateWords} from '../stacks/decide-nested.js'
import {isBusy, type NestedStack, nestedStacks, troubleOf} from '../stacks/nested.js'
import {findStanding, isOurs, notOurs, type StandingStack} from '../stacks/standing.js'
import type {Layout} from '../stacks/units.js'
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
      context.nested = await nestedOf(context, standing)
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
  standing = [],
  nested = [],
}: Pick<WatchContext, 'standing' | 'nested'>): readonly Running[] {
  return [
    ...standing
      .filter(({stack}) => waysOnFrom(stack.status).watch === 'follow')
      .map(({stack, unit, layout}) => ({stack, layout, label: unit.label})),
    ...nested.filter(isBusy).map(({stack, key}) => ({stack, layout: 'nested' as const, label: key})),
  ]
}

/** The nested stacks of a root that is complete and at rest; none where there is no such root. */
export async function nestedOf(
  {aws}: Pick<WatchContext, 'aws'>,
  standing: readonly StandingStack[],
): Promise<readonly NestedStack[]> {
  const root = standing.find(({layout}) => layout === 'nested')
  if (root === undefined || waysOnFrom(root.stack.status).verify !== 'check') return []
  return nestedStacks(aws.stacks, root.stack.id)
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
