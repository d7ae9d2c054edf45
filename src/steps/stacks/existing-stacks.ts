import type {StackDescription} from '../../aws/stack-data.js'
import {isDeleted, isUpdatable} from '../../aws/stack-status.js'
import type {Stacks} from '../../aws/stacks.js'
import {environmentTag} from '../../environment/names.js'
import {type McpgwError, refused} from '../../errors.js'
import {type Layout, type StackTarget, targetsOfLayout} from './stack-targets.js'

/** A stack of an environment that exists now. */
export interface ExistingStack {
  stackTarget: StackTarget
  layout: Layout
  stack: StackDescription
}

/** What exists under an environment's name, in either layout, in the order of creation. */
export async function findExistingStacks(
  stacks: Pick<Stacks, 'describe'>,
  environment: string,
): Promise<readonly ExistingStack[]> {
  return (await findNamed(stacks, environment)).filter(found => !isAnothersRoot(found))
}

/**
 * The same by one call, where all stacks of the region fit into an answer.
 * @param ahead that answer, where it was just had
 */
export async function findExistingAtOnce(
  stacks: Pick<Stacks, 'describe' | 'atOnce'>,
  environment: string,
  ahead?: readonly StackDescription[],
): Promise<readonly ExistingStack[]> {
  const all = ahead ?? (await stacks.atOnce())
  return findExistingStacks(all === undefined ? stacks : among(all), environment)
}

/** Looks stacks up by their names in all of the region. */
export function among(all: readonly StackDescription[]): Pick<Stacks, 'describe'> {
  return {describe: async name => all.find(stack => stack.name === name)}
}

/** Every stack that has a name which this environment would use in one of the layouts, whoever made it. */
export async function findNamed(
  stacks: Pick<Stacks, 'describe'>,
  environment: string,
): Promise<readonly ExistingStack[]> {
  const layouts: readonly Layout[] = ['nested', 'individual']
  const candidates = layouts.flatMap(layout =>
    targetsOfLayout(layout, environment).map(stackTarget => ({stackTarget, layout})),
  )
  const found = await Promise.all(
    candidates.map(async candidate => ({
      ...candidate,
      stack: await stacks.describe(candidate.stackTarget.stackName),
    })),
  )
  return found.flatMap(({stackTarget, layout, stack}) =>
    stack === undefined || isDeleted(stack.status) ? [] : [{stackTarget, layout, stack}],
  )
}

/** The root of environment `demo-network` has the name that environment `demo` gives to one of its individual stacks. */
export function isAnothersRoot({stackTarget, stack}: ExistingStack): boolean {
  return stackTarget.label !== 'main' && isOurs(stack, stack.name)
}

/** True when mcpgw made the stack for this environment: anything else is somebody else's. */
export function isOurs(stack: StackDescription, environment: string): boolean {
  return stack.tags[environmentTag] === environment
}

/** Whoever deleted one of several stacks did not mean the rest, and the data in it: nothing may lead on to that. */
export function othersExist(
  {name}: Pick<StackDescription, 'name'>,
  ours: readonly Pick<ExistingStack, 'stack'>[],
): boolean {
  return ours.some(({stack}) => stack.name !== name && isUpdatable(stack.status))
}

/** Deploy must not touch a stack of somebody else. */
export function notOurs(stackName: string, environment: string): McpgwError {
  return refused(
    'NOT_OURS',
    `A stack called ${stackName} exists that mcpgw did not make for environment ${environment} (it does not have the tag mcpgw:environment=${environment}).`,
    'Choose another environment name with --environment.',
  )
}
