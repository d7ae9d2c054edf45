import {knownFailures} from './known-failures/index.js'

/** What a known failure means, and what to do about it. */
export interface Explanation {
  /** Of the entry in docs/failures.md. */
  readonly id: string
  readonly meaning: string
  readonly advice: string
}

/**
 * What the catalogue knows of a failure; undefined for one that was not met before.
 * @param failure.reason AWS's own words: of an event, of a stopped task, or of a phase of a build
 */
export function explain(failure: {
  readonly type: string
  readonly reason: string | undefined
  readonly status: string
}): Explanation | undefined {
  const {type, reason} = failure
  if (reason === undefined) return undefined
  const known = knownFailures.find(
    ({types, reason: words}) => (types?.test(type) ?? true) && words.test(reason),
  )
  return known && {id: known.id, meaning: known.meaning, advice: known.advice}
}
