import {
  keyOf,
  type MeasuredAction,
  type MeasuredTimings,
  type Measurement,
  rehearsalPlace,
} from './measured.js'

/** The resource whose time is wanted. */
export type WantedResource = Pick<Measurement, 'label' | 'logicalId' | 'type'>

/** Seconds that a resource usually takes, as runs have measured; undefined for what none of them has seen. */
export type LearnedSeconds = (action: MeasuredAction, resource: WantedResource) => number | undefined

/** Nothing was learned. */
export const nothingLearned: LearnedSeconds = () => undefined

/**
 * What to expect at a place: the median of what was measured there; where nothing was, that of the other accounts and
 * regions. The embedded account's times say nothing of AWS, and the reverse.
 * @param place as in `MeasuredTimings`; undefined before anybody knows the account: all of AWS then
 */
export function learnedSeconds(timings: MeasuredTimings, place: string | undefined): LearnedSeconds {
  const others = Object.keys(timings.places).filter(
    other => other !== place && other !== rehearsalPlace && place !== rehearsalPlace,
  )
  return (action, resource) => {
    const at = (name: string) => {
      const measured = timings.places[name]?.[action]?.[keyOf(resource)]
      return measured?.type === resource.type ? medianOf(measured.seconds) : undefined
    }
    return (place === undefined ? undefined : at(place)) ?? medianOf(others.flatMap(other => at(other) ?? []))
  }
}

/** Undefined of none. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const [lower, upper] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2
}
