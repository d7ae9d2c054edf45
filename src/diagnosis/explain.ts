import {type Failure, factsOf, filled} from './facts.js'
import {knownFailures} from './known-failures/index.js'
import type {Templates} from './template-line.js'

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
export function explain(failure: Failure, templates?: Templates): Explanation | undefined {
  const {type, reason, status} = failure
  if (reason === undefined) return undefined
  const known = knownFailures.find(
    ({types, statuses, reason: words}) =>
      (types?.test(type) ?? true) && (statuses?.test(status) ?? true) && words.test(reason),
  )
  if (known === undefined) return undefined
  const facts = factsOf(failure, templates)
  const advice = [known.advice].flat().flatMap(text => filled(text, facts) ?? [])[0] ?? ''
  return {id: known.id, meaning: known.meaning, advice}
}
