import type {StackDescription} from '../../aws/stack-data.js'
import {isDeleted} from '../../aws/stack-status.js'
import type {Stacks} from '../../aws/stacks.js'
import {childStacks} from '../../environment/stacks.js'
import {type NestedStack, nestedStacks} from '../stacks/nested.js'
import type {Layout} from '../stacks/stack-targets.js'
import type {HoldingStack} from './damage.js'

/**
 * The stacks that hold an environment's resources, in the order of creation: those nested in the root, or the four of
 * layout individual.
 * @param existingStacks the stacks of the layout
 */
export async function holdingStacks(
  stacks: Pick<Stacks, 'describe' | 'resources'>,
  layout: Layout,
  existingStacks: readonly StackDescription[],
): Promise<readonly HoldingStack[]> {
  if (layout === 'individual') {
    return childStacks.flatMap(({key}) => {
      const stack = existingStacks.find(({name}) => name.endsWith(`-${key}`))
      return stack ? [{key, stack}] : []
    })
  }
  const [root] = existingStacks
  if (root === undefined) return []
  return holdingOf(await nestedStacks(stacks, root.id))
}

/** Those of the nested stacks that exist. */
export function holdingOf(nested: readonly NestedStack[]): readonly HoldingStack[] {
  return nested.flatMap(({key, stack}) =>
    stack === undefined || isDeleted(stack.status) ? [] : {key, stack},
  )
}
