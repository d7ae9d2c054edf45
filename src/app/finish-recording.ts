import {asFailure} from './as-failure.js'
import {failureDocument} from './failure-document.js'
import type {Ending, Failed, Outcome} from './outcome.js'
import type {Recording} from './recording.js'

/** The ending of a run that has a result; its recording ends with it. */
export function finishedWith(outcome: Outcome, recording: Recording | undefined): Ending {
  return {...outcome, kept: recording?.end(outcome.exitCode, null)}
}

/** The ending of a run that failed; its recording ends with it. */
export function failedWith(error: unknown, recording: Recording | undefined): Failed {
  const told = asFailure(error)
  const failure = recording?.explained(told) ?? told
  return {failure, kept: recording?.end(failure.exitCode, failureDocument(failure).error)}
}
