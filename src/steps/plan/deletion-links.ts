import {stackSeconds} from '../../durations.js'
import {deletionSeconds} from './deletion-seconds.js'
import {type Direction, ended, endOf, linksOf, type TimedLink} from './links.js'
import type {PlannedStack} from './planned-stacks.js'

const deletion: Direction = {
  secondsBefore: () => stackSeconds.firstDeletion,
  secondsOf: deletionSeconds,
  afterRoots: ({label}, all) => all.filter(({after}) => after.includes(label)).map(user => endOf(user.label)),
  afterResources: (stack, logicalId, all) =>
    stack.resources
      .filter(({needs}) => needs.includes(logicalId))
      .map(user => ended(stack, user.logicalId, all)),
}

/**
 * What deleting these stacks consists of: everything begins when all that needed it is gone. With `serial` one stack
 * after another, for comparison.
 * @param stacks in the order of creation
 */
export function deletionLinks(stacks: readonly PlannedStack[], {serial = false} = {}): readonly TimedLink[] {
  return linksOf([...stacks].reverse(), deletion, {serial})
}
