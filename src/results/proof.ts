/** What a fresh look at the account says of an environment; what it found is in `remaining` and `unknown`. */
export interface Proof {
  /** When the look ended, ISO 8601. */
  at: string
  /** Nothing remains but what was to stay, and everything could be read. */
  certified: boolean
  /** The stacks of the environment that AWS knows, deleted ones for 90 days: what they had was looked for by id. */
  stacks: readonly ProvedStack[]
  /** Kinds in the order in which they were looked for; one that could not be read is in `unknown`. */
  lookedFor: readonly LookedFor[]
  /** What AWS removes by itself, with the day where it is known. */
  pending: readonly Pending[]
}

/** A stack that the environment has or had. */
export interface ProvedStack {
  name: string
  id: string
  status: string
}

/** One kind of things that was looked for. */
export interface LookedFor {
  /** Service and type as ARNs name them. */
  kind: string
  /** The call that listed them, as IAM names it. */
  action: string
  /** How many were listed, whoever's they are. */
  listed: number
  /** How many of them are the environment's. */
  found: number
}

/** Something that is being removed, or will be on a day. */
export interface Pending {
  kind: string
  name: string
  reason: string
  /** ISO 8601; null where AWS does not tell. */
  until: string | null
}
