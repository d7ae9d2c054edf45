import type {McpgwError} from '../errors.js'
import type {Evidence} from '../results.js'
import type {DocumentHead} from './document-head.js'

/** What a command hands back: a document for machines, words for people, and how it went. */
export interface Outcome {
  /** What `--json` prints; undefined when the command has printed it already. */
  document: unknown
  /** What a person reads on standard output. */
  text: string
  /** The text is a value for a program: it stays as it is where no terminal shows it. */
  isValue?: boolean
  /** A page in Markdown for the summary of a step in GitHub Actions. */
  summary?: string
  /** What a person is told beside it, on standard error. */
  note?: string
  /** What is told last, on standard error, whatever the form of the answer. */
  lastNotes?: readonly string[] | undefined
  exitCode: number
  kept?: Kept
}

/** How a command ended that hands back nothing. */
export interface Failed {
  failure: McpgwError
  kept?: Kept
  /** What its document begins with; nothing is known without it. */
  head?: DocumentHead
  /** The user insists: it is told, and nothing is waited for after that. */
  isUrgent?: boolean
}

/** How a command ended, either way. */
export type Ending = Outcome | Failed

/** What is kept of a run that was recorded. */
export interface Kept {
  /** Undefined when nothing was kept, or could not be. */
  run: {id: string; folder: string} | undefined
  evidence: readonly Evidence[]
}

/** True for an ending without a result. */
export function isFailed(ending: Ending): ending is Failed {
  return 'failure' in ending
}
