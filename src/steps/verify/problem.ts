/** What is wrong with one thing, and what to do about it. */
export interface Problem {
  /** A sentence or two. */
  readonly what: string
  /** The command to run, or where to look. */
  readonly todo: string
  /** True when waiting cannot heal it: somebody has to do something. */
  readonly permanent: boolean
}

/** A check as the result reports it, and its problem when it has one. */
export interface Finding<Check> {
  readonly check: Check
  readonly problem: Problem | undefined
}

/** The two members that every check of the result ends with. */
export function verdictOf(problem: Problem | undefined): {ok: boolean; reason: string | null} {
  if (problem === undefined) return {ok: true, reason: null}
  return {ok: false, reason: `${problem.what} ${problem.todo}`}
}
