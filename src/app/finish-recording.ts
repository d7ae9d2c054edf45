import type {RecordedFailure} from '../recorder/run-file.js'
import type {Evidence} from '../results.js'

/** What is kept of a run that was recorded. */
export interface Kept {
  /** Undefined when nothing was kept, or could not be. */
  run: {id: string; folder: string} | undefined
  evidence: readonly Evidence[]
}

/** What is still to be told of the end of the run. */
export interface Unended {
  /** Writes the end. Never throws. */
  end(exitCode: number, failure: RecordedFailure | null): Kept
}

/** A process runs one command; how it ended is known where its session is closed already. */
let current: Unended | undefined

/** The run that is recorded from now on. */
export function awaitLastWords(run: Unended): void {
  current = run
}

/** Tells the run that is recorded how it ended; undefined when none is. */
export function lastWords(exitCode: number, failure: RecordedFailure | null): Kept | undefined {
  const kept = current?.end(exitCode, failure)
  current = undefined
  return kept
}
