import {stackSeconds} from '../../durations.js'
import {creationSeconds} from './creation-seconds.js'
import {type Link, pathTo, type Span, secondsToEnd, spansOf} from './longest-path.js'
import type {PlannedResource, PlannedStack} from './planned-stacks.js'

/** A resource on the way, or the part of a stack's resource before its first or after its last resource. */
export interface TimedLink extends Link {
  /** The stack whose event it is; of a nested stack's resource its parent. */
  readonly stack: PlannedStack
  readonly logicalId: string
  readonly type: string
  /** Missing for the parts of a stack's resource. */
  readonly resource?: PlannedResource
}

/** How creating the stacks typically goes, in seconds from the first request. */
export interface Timeline {
  readonly links: readonly TimedLink[]
  readonly spans: ReadonlyMap<string, Span>
  /** From the beginning of each link to the end of the last thing that waits for it. */
  readonly toEnd: ReadonlyMap<string, number>
  /** The longest chain: it decides how long all takes. */
  readonly path: readonly TimedLink[]
  readonly seconds: number
}

const nestedStackType = 'AWS::CloudFormation::Stack'

/**
 * How long creating these stacks takes: everything begins when what it needs is complete. With `serial` one stack
 * after another, for comparison.
 */
export function timelineOf(stacks: readonly PlannedStack[], {serial = false} = {}): Timeline {
  const links = stacks.flatMap((stack, index) => linksOf(stack, stacks, serial ? before(stacks, index) : []))
  const spans = spansOf(links)
  const toEnd = secondsToEnd(links)
  const byKey = new Map(links.map(link => [link.key, link]))
  const secondsAt = ({key}: Link) => spans.get(key)?.end ?? 0
  const last = links.reduce<TimedLink | undefined>(
    (latest, link) => (latest === undefined || secondsAt(link) > secondsAt(latest) ? link : latest),
    undefined,
  )
  if (last === undefined) return {links, spans, toEnd, path: [], seconds: 0}
  const path = pathTo(spans, last.key).flatMap(key => byKey.get(key) ?? [])
  return {links, spans, toEnd, path, seconds: secondsAt(last)}
}

/** How much longer a link could take before all took longer. */
export function slackOf({spans, toEnd, seconds}: Timeline, {key}: Link): number {
  return seconds - (spans.get(key)?.begin ?? 0) - (toEnd.get(key) ?? 0)
}

/** When a stack begins and ends, by the links that frame it. */
export function spanOf(
  {spans}: Pick<Timeline, 'spans'>,
  {label}: PlannedStack,
): {begin: number; end: number} {
  return {begin: spans.get(beginOf(label))?.begin ?? 0, end: spans.get(endOf(label))?.end ?? 0}
}

function linksOf(stack: PlannedStack, all: readonly PlannedStack[], further: readonly string[]): TimedLink[] {
  const {label, resources} = stack
  const parent = all.find(candidate => candidate.label === stack.parent)
  const stackResource = {stack: parent ?? stack, logicalId: stack.logicalId, type: nestedStackType}
  // A nested stack whose template nobody has here is a resource like any other.
  const inside = resources.filter(({logicalId}) => childOf(stack, logicalId, all) === undefined)
  return [
    {
      ...stackResource,
      key: beginOf(label),
      seconds: secondsBefore(stack),
      needs: [...needsOf(stack, parent, all), ...further],
    },
    ...inside.map(resource => ({
      stack,
      resource,
      logicalId: resource.logicalId,
      type: resource.declaration.type,
      key: keyIn(stack, resource.logicalId),
      seconds: creationSeconds(resource),
      needs: [beginOf(label), ...resource.needs.map(needed => ended(stack, needed, all))],
    })),
    {
      ...stackResource,
      key: endOf(label),
      seconds:
        parent === undefined
          ? stackSeconds.seen
          : (stackSeconds.noticed.least + stackSeconds.noticed.most) / 2,
      needs: [beginOf(label), ...resources.map(({logicalId}) => ended(stack, logicalId, all))],
    },
  ]
}

function secondsBefore({parent}: PlannedStack): number {
  return stackSeconds.firstResource + (parent === undefined ? 0 : stackSeconds.initiation)
}

/** What must have ended before a stack begins. */
function needsOf(
  stack: PlannedStack,
  parent: PlannedStack | undefined,
  all: readonly PlannedStack[],
): string[] {
  // What already exists is not among them, and nobody waits for it.
  if (parent === undefined)
    return stack.after.filter(label => all.some(other => other.label === label)).map(endOf)
  const stackResource = parent.resources.find(({logicalId}) => logicalId === stack.logicalId)
  return [beginOf(parent.label), ...(stackResource?.needs ?? []).map(needed => ended(parent, needed, all))]
}

/** The link whose end is the end of a resource, which may be a nested stack. */
function ended(stack: PlannedStack, logicalId: string, all: readonly PlannedStack[]): string {
  const nested = childOf(stack, logicalId, all)
  return nested === undefined ? keyIn(stack, logicalId) : endOf(nested.label)
}

function childOf(
  {label}: PlannedStack,
  logicalId: string,
  all: readonly PlannedStack[],
): PlannedStack | undefined {
  return all.find(child => child.parent === label && child.logicalId === logicalId)
}

/** The end of the stack before, of those that have the same parent. */
function before(stacks: readonly PlannedStack[], index: number): string[] {
  const parent = stacks[index]?.parent
  const previous = stacks.slice(0, index).findLast(candidate => candidate.parent === parent)
  return previous === undefined ? [] : [endOf(previous.label)]
}

function keyIn({label}: PlannedStack, logicalId: string): string {
  return `${label}/${logicalId}`
}

function beginOf(label: string): string {
  return `${label}/`
}

function endOf(label: string): string {
  return `${label}//`
}
