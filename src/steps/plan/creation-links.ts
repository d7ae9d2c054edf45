import {stackSeconds} from '../../durations.js'
import {creationSeconds} from './creation-seconds.js'
import {type Direction, ended, endOf, linksOf, type TimedLink} from './links.js'
import type {PlannedStack} from './planned-stacks.js'

const creation: Direction = {
  secondsBefore: ({parent}) =>
    stackSeconds.firstResource + (parent === undefined ? 0 : stackSeconds.initiation),
  secondsOf: creationSeconds,
  // What already exists is not among them, and nobody waits for it.
  afterRoots: (stack, all) =>
    stack.after.filter(label => all.some(other => other.label === label)).map(endOf),
  afterResources: (stack, logicalId, all) =>
    (stack.resources.find(resource => resource.logicalId === logicalId)?.needs ?? []).map(needed =>
      ended(stack, needed, all),
    ),
}

/**
 * What creating these stacks consists of: everything begins when what it needs is complete. With `serial` one stack
 * after another, for comparison.
 */
export function creationLinks(stacks: readonly PlannedStack[], {serial = false} = {}): readonly TimedLink[] {
  return linksOf(stacks, creation, {serial})
}
