import type {PlannedChange} from '../../aws/change-sets.js'
import type {Damage} from '../resources/damage.js'
import {holdsData} from '../resources/repair-action.js'

/**
 * What is wrong with the change set that is to repair a stack, as a sentence; undefined when it does what it should: all
 * that is damaged, and nothing to what holds data but what was agreed to.
 */
export function checkPlan(
  changes: readonly PlannedChange[],
  damages: readonly Damage[],
  accepted: readonly string[],
): string | undefined {
  const missing = damages.find(({logicalId}) => !changes.some(change => change.logicalId === logicalId))
  if (missing !== undefined) {
    return `CloudFormation's change set does not bring back ${missing.logicalId} (${missing.type}).`
  }
  const harmful = changes.find(
    ({action, logicalId, type, replaces}) =>
      holdsData(type) &&
      (replaces || action === 'Remove' || (action === 'Add' && !accepted.includes(logicalId))),
  )
  if (harmful === undefined) return undefined
  return `CloudFormation's change set would replace ${harmful.logicalId} (${harmful.type}), and its contents would be lost.`
}
