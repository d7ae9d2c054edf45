import {formatMinutes, formatSeconds} from './words.js'

/** A forecast of a deletion, as far as people need it. */
export interface Forecast {
  timeline: {
    seconds: number
    /** What decides them, in order. */
    path: readonly {logicalId: string; type: string; seconds: number}[]
  }
  stays: readonly {logicalId: string; what: 'resource' | 'snapshot'}[]
}

/** Links of the path that are named; the rest are seconds. */
const namedLinks = 3

/** Lines for whoever is asked to confirm a deletion: how long it takes and why, and what stays. */
export function forecastText({timeline: {seconds, path}, stays}: Forecast): string[] {
  const slowest = path
    .filter(({type}) => type !== 'AWS::CloudFormation::Stack')
    .sort((a, b) => b.seconds - a.seconds)
    // What begins ahead of its row is on the path twice.
    .filter((link, at, all) => all.findIndex(({logicalId}) => logicalId === link.logicalId) === at)
    .slice(0, namedLinks)
    .map(link => `${link.logicalId} ${formatSeconds(link.seconds)}`)
  const because = slowest.length === 0 ? '' : `, most of it for ${slowest.join(', ')}`
  return [
    `  typically ${formatMinutes(seconds)}${because}`,
    ...stays.map(({logicalId, what}) =>
      what === 'snapshot'
        ? `  a last snapshot of ${logicalId} stays, and is billed until someone deletes it`
        : `  ${logicalId} stays`,
    ),
  ]
}
