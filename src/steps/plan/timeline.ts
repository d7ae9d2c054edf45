import type {ExpectedTime} from '../../progress.js'
import {beginOf, endOf, type TimedLink} from './links.js'
import {type Link, pathTo, type Span, secondsToEnd, spansOf} from './longest-path.js'
import type {PlannedStack} from './planned-stacks.js'

/** How creating or deleting the stacks typically goes, in seconds from the first request. */
export interface Timeline {
  readonly links: readonly TimedLink[]
  readonly spans: ReadonlyMap<string, Span>
  /** From the beginning of each link to the end of the last thing that waits for it. */
  readonly toEnd: ReadonlyMap<string, number>
  /** The longest chain: it decides how long all takes. */
  readonly path: readonly TimedLink[]
  readonly seconds: number
}

/** When everything begins and ends: each link as soon as what it needs has ended. */
export function timelineOf(links: readonly TimedLink[]): Timeline {
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

/** What is left from the beginning of each resource that is no stack, for an estimate on the way. */
export function expectedTimes({links, toEnd}: Pick<Timeline, 'links' | 'toEnd'>): ExpectedTime[] {
  return links.flatMap(({key, stack: {label}, logicalId, seconds, resource}) =>
    resource === undefined ? [] : [{label, logicalId, seconds, secondsToEnd: toEnd.get(key) ?? 0}],
  )
}

/** When a stack begins and ends, by the links that frame it. */
export function spanOf(
  {spans}: Pick<Timeline, 'spans'>,
  {label}: PlannedStack,
): {begin: number; end: number} {
  return {begin: spans.get(beginOf(label))?.begin ?? 0, end: spans.get(endOf(label))?.end ?? 0}
}
