/** When a fault is live, in milliseconds of the account's time since it was set, and how often it is triggered. */
export interface FaultTiming {
  at?: number
  for?: number
  times?: number
  rate?: number
  region?: string
}

/** A fault as it is kept: `kind` says which of the catalogue's it is, and with that what its options are. */
export interface KeptFault {
  kind: string
  where: string
  options: object
  timing: FaultTiming
}

/** A fault that an account has. Plain data, part of its state; times are epoch milliseconds of its clock. */
export interface SetFault {
  /** `f-1`, `f-2` …: what it is removed by. */
  id: string
  /** The line that says it. */
  text: string
  fault: KeptFault
  since: number
  /** How often it was triggered. */
  struck: number
  /** How often it was asked about each thing: what chance is counted by, so that nothing else changes it. */
  asked: Record<string, number>
}
