import type {ForeseenStack} from '../../aws/foresee.js'
import type {StackResource} from '../../aws/stack-data.js'
import {isDeleted} from '../../aws/stack-status.js'
import type {ForeseenInterruption, ForeseenLoss, ForeseenResource, ForeseenUpdate} from '../../foreseen.js'
import {lossOf} from './data-types.js'
import {interruptionOf} from './in-use-types.js'
import {replacementsOf} from './replacements.js'

const nestedType = 'AWS::CloudFormation::Stack'

/**
 * What an update would do, without its exports.
 * @param inside the resources of nested stacks that would be removed whole, by their ids
 */
export function summaryOf(
  stacks: readonly ForeseenStack[],
  inside: ReadonlyMap<string, readonly StackResource[]>,
): Omit<ForeseenUpdate, 'exports'> {
  const all = stacks.flatMap(({name, changes}) => {
    const replacements = replacementsOf(changes)
    return changes.map(change => ({
      ...change,
      stack: name,
      replaced: replacements.get(change.logicalId) ?? 'no',
    }))
  })
  const own = all.filter(({type}) => type !== nestedType)
  const replaced = own
    .filter(change => change.replaced !== 'no')
    .map(change => ({...resourceOf(change), sure: change.replaced === 'yes'}))
  const removed = all.filter(({action}) => action === 'Remove')
  const gone = removed.flatMap(change =>
    change.type === nestedType
      ? (inside.get(change.physicalId) ?? [])
          .filter(({status}) => !isDeleted(status))
          .map(resource => ({...resourceOf({...resource, stack: change.stack}), sure: true}))
      : [{...resourceOf(change), sure: true}],
  )
  const count = (action: string) => own.filter(change => change.action === action).length
  return {
    added: count('Add'),
    modified: count('Modify'),
    removed: gone.length,
    replaced,
    data: [...losses(replaced, 'replaced'), ...losses(gone, 'removed')],
    interrupted: [...interruptions(replaced, 'replaced'), ...interruptions(gone, 'removed')],
  }
}

function resourceOf({
  stack,
  logicalId,
  type,
  physicalId,
}: Omit<ForeseenResource, 'sure'>): Omit<ForeseenResource, 'sure'> {
  return {stack, logicalId, type, physicalId}
}

function losses(resources: readonly ForeseenResource[], what: ForeseenLoss['what']): ForeseenLoss[] {
  return resources.flatMap(resource => {
    const lost = lossOf(resource)
    return lost === undefined ? [] : [{...resource, what, lost}]
  })
}

function interruptions(
  resources: readonly ForeseenResource[],
  what: ForeseenInterruption['what'],
): ForeseenInterruption[] {
  return resources.flatMap(resource => {
    const effect = interruptionOf(resource.type)
    return effect === undefined ? [] : [{...resource, what, effect}]
  })
}

/** Several updates as one: those of stacks side by side. */
export function together(updates: readonly ForeseenUpdate[]): ForeseenUpdate {
  const sum = (count: (update: ForeseenUpdate) => number) =>
    updates.reduce((total, update) => total + count(update), 0)
  return {
    added: sum(({added}) => added),
    modified: sum(({modified}) => modified),
    removed: sum(({removed}) => removed),
    replaced: updates.flatMap(({replaced}) => replaced),
    data: updates.flatMap(({data}) => data),
    interrupted: updates.flatMap(({interrupted}) => interrupted),
    exports: updates.flatMap(({exports}) => exports),
  }
}
