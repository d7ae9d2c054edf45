import type {StackRow} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {childOf, nestedStackType} from './stack-context.js'

/**
 * Whether there is something behind a row that an update can go on with. What failed to be created is made anew; a
 * nested stack that failed is a stack all the same.
 * Source: CloudFormation user guide, "Stack failure options".
 */
export function isMade(context: StackContext, row: StackRow | undefined): row is StackRow {
  if (!row || row.status === 'DELETE_COMPLETE') return false
  return row.status !== 'CREATE_FAILED' || livesOn(context, row)
}

function livesOn(context: StackContext, {type, physicalId}: StackRow): boolean {
  const child = type === nestedStackType ? childOf(context, physicalId) : undefined
  return child !== undefined && child.stack.status !== 'DELETE_COMPLETE'
}
