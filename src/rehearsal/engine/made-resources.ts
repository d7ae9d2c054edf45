import type {StackRow} from './stack.js'
import {childOf, nestedStackType, type Scene} from './stack-context.js'

/**
 * Whether there is something behind a row that an update can go on with. What failed to be created is made anew; a
 * nested stack that failed is a stack all the same.
 * Source: CloudFormation user guide, "Stack failure options".
 */
export function isMade(scene: Scene, row: StackRow | undefined): row is StackRow {
  if (!row || row.status === 'DELETE_COMPLETE') return false
  return row.status !== 'CREATE_FAILED' || livesOn(scene, row)
}

function livesOn(scene: Scene, {type, physicalId}: StackRow): boolean {
  const child = type === nestedStackType ? childOf(scene, physicalId) : undefined
  return child !== undefined && child.stack.status !== 'DELETE_COMPLETE'
}
