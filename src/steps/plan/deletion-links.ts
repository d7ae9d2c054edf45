import {stackSeconds} from '../../durations.js'
import {type LearnedSeconds, nothingLearned} from '../../timings/learned-seconds.js'
import type {LinkOptions} from './creation-links.js'
import {deletionSeconds} from './deletion-seconds.js'
import {type Direction, ended, endOf, linksOf, type TimedLink} from './links.js'
import {measuredAs} from './measured-as.js'
import type {PlannedStack} from './planned-stacks.js'

const deletion = (learned: LearnedSeconds): Direction => ({
  secondsBefore: () => stackSeconds.firstDeletion,
  secondsOf(resource, {label}) {
    const typical = deletionSeconds(resource)
    // What stays takes no time, whatever an earlier template had of it.
    return typical === 0 ? 0 : (learned('DELETE', measuredAs(resource, label)) ?? typical)
  },
  afterRoots: ({label}, all) => all.filter(({after}) => after.includes(label)).map(user => endOf(user.label)),
  afterResources: (stack, logicalId, all) =>
    stack.resources
      .filter(({needs}) => needs.includes(logicalId))
      .map(user => ended(stack, user.logicalId, all)),
})

/**
 * What deleting these stacks consists of: everything begins when all that needed it is gone. With `serial` one stack
 * after another, for comparison.
 * @param stacks in the order of creation
 */
export function deletionLinks(
  stacks: readonly PlannedStack[],
  {serial = false, learned = nothingLearned}: LinkOptions = {},
): readonly TimedLink[] {
  return linksOf([...stacks].reverse(), deletion(learned), {serial})
}
