/** What `rehearse` serves; printed as soon as it can be used, while the command goes on. */
export interface RehearseResult {
  /** Where AWS clients find it. */
  url: string
  accountId: string
  /** The file that keeps the account. */
  stateFile: string
  seed: number
  /** How many times faster than real time it runs. */
  speed: number
  /** Whether the access keys `rehearsal` and `test` are good as well. */
  open: boolean
  faults: ServedFault[]
  /** For the environment of any AWS client. */
  variables: Record<string, string>
}

/** A fault that was set: its line, whether it still strikes, and how often it has. */
export interface ServedFault {
  id: string
  fault: string
  state: string
  struck: number
}
