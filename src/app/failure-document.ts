import {type McpgwError, messageOf} from '../errors.js'
import type {ForeseenUpdate} from '../foreseen.js'
import type {DiagnosisResult, Evidence, Remaining} from '../results.js'
import {visible} from '../visible.js'
import {type DocumentHead, emptyHead} from './document-head.js'
import type {Kept} from './outcome.js'

/** A failure as `--json` prints it. Fields that a failure does not have are null, so that scripts can rely on them. */
export interface FailureDocument extends DocumentHead {
  error: {
    code: string
    message: string
    cause: string | null
    hint: string | null
    resource: string | null
    logs: string | null
    diagnosis: DiagnosisResult | null
    /** What an update that was refused would have done. */
    foreseen: ForeseenUpdate | null
    /** What still exists and is billed, or may be: after a teardown that failed, and what an update could not delete. */
    remaining: readonly Remaining[]
    /** The recorded run: `mcpgw diagnose --run` explains it again. */
    run: string | null
    evidence: readonly Evidence[]
  }
}

/** So many of the last lines of each log are in the document. */
const mostLines = 20

/** The failure as `--json` prints it. @param kept what a recorded run has left */
export function failureDocument(
  failure: McpgwError,
  kept?: Kept,
  head: DocumentHead = emptyHead,
): FailureDocument {
  return {
    ...head,
    error: {
      code: failure.code,
      message: [failure.message, ...failure.points.map(point => `  ✖ ${visible(point)}`)].join('\n'),
      cause: failure.cause === undefined ? null : messageOf(failure.cause),
      hint: failure.hint ?? null,
      resource: failure.resource ?? null,
      logs: failure.logs ?? null,
      diagnosis: failure.diagnosis ?? null,
      foreseen: failure.foreseen ?? null,
      remaining: failure.remaining,
      run: kept?.run?.id ?? null,
      evidence: (kept?.evidence ?? []).map(each => ({...each, lines: each.lines.slice(-mostLines)})),
    },
  }
}
