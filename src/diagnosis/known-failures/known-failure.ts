/** A failure that was met before: how AWS tells of it, what that means for this environment, and what to do. */
export interface KnownFailure {
  /** Lower-case words with hyphens, unique, stable: documents refer to it. */
  readonly id: string
  /** Resource types, where the words alone could mean something else. */
  readonly types?: RegExp
  /** Statuses of the event, where a deletion wants other advice than a creation. */
  readonly statuses?: RegExp
  /** Matches AWS's own words: the reason of an event, of a stopped task, of a phase of a build. */
  readonly reason: RegExp
  /** What it means, in one sentence. */
  readonly meaning: string
  /**
   * What to do before deploying, or tearing down, again. Commands are in back-quotes, values of facts.ts in braces. The first
   * text counts whose values are all known; the last one has none.
   */
  readonly advice: string | readonly string[]
  /**
   * The environment is created in another region, and what there is of it in this one goes: because nothing can be corrected
   * here (`only`), or because that is one of the ways on (`instead`).
   */
  readonly inAnotherRegion?: 'only' | 'instead'
}
