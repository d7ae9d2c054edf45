import {type Lineage, lineageOf} from '../prove/lineage.js'
import type {TeardownContext} from './context.js'
import {unlessRefused} from './refused.js'

/** What the stacks of this run held; where none was there, what earlier ones had, as far as that may be read. */
export async function hadByStacks(context: TeardownContext): Promise<Lineage> {
  const {inventory = [], environment} = context
  if (inventory.length === 0) {
    const found = await unlessRefused(
      () => lineageOf(context),
      () => {},
    )
    return found ?? {stacks: [], resources: [], leftOnPurpose: new Set()}
  }
  const stack = {id: '', name: environment, status: 'DELETE_COMPLETE'}
  const resources = inventory
    .flatMap(each => each.resources)
    .filter(({physicalId}) => physicalId !== '')
    .map(({logicalId, type, physicalId, status}) => ({logicalId, type, physicalId, status, stack}))
  return {stacks: [stack], resources, leftOnPurpose: new Set()}
}
