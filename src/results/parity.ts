/** How the templates compare with a Terraform plan. Secret values are `****`. */
export interface ParityResult {
  /** `EnvironmentName` of the comparison, from the plan's `name`. */
  environment: string
  region: string
  layout: 'nested'
  plan: {
    tool: 'terraform' | 'opentofu' | 'unknown'
    version: string | null
    formatVersion: string
    /** Managed resources of the plan; `totals` adds up to it, `onlyHere` apart. */
    resources: number
  }
  /** Why the plan is no whole one; empty for a whole plan. */
  partial: readonly {code: string; detail: string}[]
  /** Templates' parameters that the plan's variables give; secrets left out. */
  parameters: Readonly<Record<string, string>>
  totals: {
    same: number
    accepted: number
    different: number
    unknown: number
    missing: number
    onlyHere: number
  }
  resources: readonly ParityResource[]
  /** Resources of the templates that no address of the plan is mapped to. */
  onlyHere: readonly {
    stack: string
    logicalId: string
    type: string
    verdict: 'accepted' | 'different'
    reason: string | null
  }[]
  /** Accepted differences that were looked for and do not occur any more. */
  stale: readonly {resource: string; attribute: string; reason: string}[]
  /** Mapping patterns that match nothing in a whole plan. */
  deadPatterns: readonly string[]
}

export interface ParityResource {
  address: string
  type: string
  verdict: 'same' | 'accepted' | 'different' | 'unknown' | 'missing'
  /** Where it is in the templates; null for what has no mapping. */
  counterpart: {
    kind: 'resource' | 'folded' | 'property' | 'nothing'
    /** `network.Vpc`; null for `nothing`. */
    resource: string | null
    /** Of `nothing`. */
    reason: string | null
  } | null
  differences: readonly ParityDifference[]
}

export interface ParityDifference {
  attribute: string | null
  property: string | null
  verdict: 'accepted' | 'different' | 'unknown' | 'missing'
  terraform: unknown
  here: unknown
  reason: string | null
}
