import {stackSeconds} from '../../durations.js'
import {type LearnedSeconds, nothingLearned} from '../../timings/learned-seconds.js'
import {creationSeconds} from './creation-seconds.js'
import {type Direction, ended, endOf, linksOf, type TimedLink} from './links.js'
import {measuredAs} from './measured-as.js'
import type {PlannedResource, PlannedStack} from './planned-stacks.js'

/** Typical times, or what runs have measured of these very resources. */
export interface LinkOptions {
  /** One stack after another, for comparison. */
  readonly serial?: boolean
  readonly learned?: LearnedSeconds | undefined
}

const creation = (learned: LearnedSeconds): Direction => ({
  secondsBefore: ({parent}) =>
    stackSeconds.firstResource + (parent === undefined ? 0 : stackSeconds.initiation),
  secondsOf: (resource, {label}) => learned('CREATE', measuredAs(resource, label)) ?? knownSeconds(resource),
  // What already exists is not among them, and nobody waits for it.
  afterRoots: (stack, all) =>
    stack.after.filter(label => all.some(other => other.label === label)).map(endOf),
  afterResources: (stack, logicalId, all) =>
    (stack.resources.find(resource => resource.logicalId === logicalId)?.needs ?? []).map(needed =>
      ended(stack, needed, all),
    ),
})

/**
 * What creating these stacks consists of: everything begins when what it needs is complete. With `serial` one stack
 * after another, for comparison.
 */
export function creationLinks(
  stacks: readonly PlannedStack[],
  {serial = false, learned = nothingLearned}: LinkOptions = {},
): readonly TimedLink[] {
  return linksOf(stacks, creation(learned), {serial})
}

/** The same resources are counted in one order and in another. */
const known = new WeakMap<PlannedResource, number>()

function knownSeconds(resource: PlannedResource): number {
  const seconds = known.get(resource) ?? creationSeconds(resource)
  known.set(resource, seconds)
  return seconds
}
