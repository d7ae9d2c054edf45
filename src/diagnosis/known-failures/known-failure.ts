/** A failure that was met before: how AWS tells of it, what that means for this environment, and what to do. */
export interface KnownFailure {
  /** Lower-case words with hyphens, unique, stable: documents refer to it. */
  readonly id: string
  /** Resource types, where the words alone could mean something else. */
  readonly types?: RegExp
  /** Matches AWS's own words: the reason of an event, of a stopped task, of a phase of a build. */
  readonly reason: RegExp
  /** What it means, in one sentence. */
  readonly meaning: string
  /** What to do before deploying, or tearing down, again. Commands are in back-quotes. */
  readonly advice: string
}
