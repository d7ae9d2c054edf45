/** How the templates compare with a Terraform plan, and what that says of parity. Secret values are `****`. */
export interface ParityReport {
  /** `EnvironmentName` of the comparison, from the plan's `name`. */
  environment: string
  region: string
  layout: 'nested'
  plan: ParityPlan
  /** Why the plan is no whole one; empty for a whole plan. */
  partial: readonly PartialPlan[]
  /** Templates' parameters that the plan's variables give; secrets left out. */
  parameters: Readonly<Record<string, string>>
  totals: ParityTotals
  resources: readonly ParityResource[]
  /** Resources of the templates that no address of the plan is mapped to. */
  onlyHere: readonly OnlyHere[]
  /** Accepted differences that were looked for and do not occur any more. */
  stale: readonly StaleDifference[]
  /** Mapping patterns that match nothing in a whole plan. */
  deadPatterns: readonly string[]
  /** `partial` for a plan that is no whole one, whatever was found in it. */
  verdict: 'same' | 'different' | 'partial'
  /** Whether `--strict` was given. */
  strict: boolean
  /** Whether a state filled in what a plan leaves unknown. */
  withState: boolean
  /** Variables of the plan that the templates do not take as they are. */
  variables: readonly UnusedVariable[]
  /** What came, went and changed since another plan; `null` without `--against`. */
  against: PlanChanges | null
}

/** The comparison alone, before it is judged. */
export type ParityResult = Omit<ParityReport, 'verdict' | 'strict' | 'withState' | 'variables' | 'against'>

export interface ParityPlan {
  tool: 'terraform' | 'opentofu' | 'unknown'
  version: string | null
  formatVersion: string
  /** Managed resources of the plan; `totals` adds up to it, `onlyHere` apart. */
  resources: number
}

export interface PartialPlan {
  code: string
  detail: string
}

export interface ParityTotals {
  same: number
  accepted: number
  different: number
  unknown: number
  missing: number
  onlyHere: number
}

export interface ParityResource {
  address: string
  type: string
  verdict: 'same' | 'accepted' | 'different' | 'unknown' | 'missing'
  /** Where it is in the templates; null for what has no mapping. */
  counterpart: ParityCounterpart | null
  differences: readonly ParityDifference[]
}

export interface ParityCounterpart {
  kind: 'resource' | 'folded' | 'property' | 'nothing'
  /** `network.Vpc`; null for `nothing`. */
  resource: string | null
  /** Of `nothing`. */
  reason: string | null
}

export interface ParityDifference {
  attribute: string | null
  property: string | null
  verdict: 'accepted' | 'different' | 'unknown' | 'missing'
  terraform: unknown
  here: unknown
  reason: string | null
}

export interface OnlyHere {
  stack: string
  logicalId: string
  type: string
  verdict: 'accepted' | 'different'
  reason: string | null
}

export interface StaleDifference {
  resource: string
  attribute: string
  reason: string
}

export interface UnusedVariable {
  variable: string
  /** The parameter that it belongs to; null for a variable that parity/variables.yaml does not know. */
  parameter: string | null
  reason: string
}

/** From another plan, the older one, to this one. */
export interface PlanChanges {
  plan: ParityPlan
  /** Why the other plan is no whole one. */
  partial: readonly PartialPlan[]
  came: readonly CameOrWent[]
  went: readonly CameOrWent[]
  changed: readonly ChangedResource[]
  variables: readonly ChangedVariable[]
}

export interface CameOrWent {
  address: string
  type: string
  /** `network.Vpc`, or the kind `nothing`; null where no pattern takes the address. */
  mapped: string | null
}

export interface ChangedResource {
  address: string
  type: string
  attributes: readonly ChangedAttribute[]
}

export interface ChangedAttribute {
  /** `health_check.0.matcher`. */
  attribute: string
  /** Null where it is absent. */
  before: unknown
  after: unknown
}

export interface ChangedVariable {
  variable: string
  change: 'came' | 'went' | 'changed'
  /** Whether parity/variables.yaml knows it. */
  known: boolean
}
