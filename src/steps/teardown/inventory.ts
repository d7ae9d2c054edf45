import {isDeleted} from '../../aws/stack-status.js'
import type {Stacks} from '../../aws/stacks.js'
import {labelOf} from '../../environment/stacks.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import type {StackInventory} from './context.js'

const nestedType = 'AWS::CloudFormation::Stack'

/** Everything that the stacks, and the stacks nested in them, hold now. */
export async function takeInventory(
  stacks: Pick<Stacks, 'resources'>,
  existingStacks: readonly ExistingStack[],
): Promise<readonly StackInventory[]> {
  const own = await Promise.all(
    existingStacks.map(async ({stackTarget, stack}) => ({
      id: stack.id,
      label: stackTarget.label,
      resources: await stacks.resources(stack.id),
    })),
  )
  const nested = own
    .flatMap(({resources}) => resources)
    .filter(({type, physicalId}) => type === nestedType && physicalId !== '')
  const inside = await Promise.all(
    nested.map(async ({logicalId, physicalId}) => ({
      id: physicalId,
      label: labelOf(logicalId),
      resources: await stacks.resources(physicalId),
    })),
  )
  return [...own, ...inside]
}

/** How many resources that are not stacks will go, for the progress. */
export function leafCounts(inventory: readonly StackInventory[]): {label: string; resources: number}[] {
  return inventory
    .map(({label, resources}) => ({
      label,
      resources: resources.filter(({type, status}) => type !== nestedType && !isDeleted(status)).length,
    }))
    .filter(({resources}) => resources > 0)
}
