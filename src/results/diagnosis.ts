/** What `mcpgw diagnose` found out, in AWS or in the folder of a run. */
export interface DiagnoseResult {
  environment: string
  /** The run whose folder was read; null when AWS was asked. */
  run: string | null
  account: string | null
  region: string | null
  /** `running`: an operation is still running, and `diagnosis` tells of what has failed in it so far. */
  state: 'failed' | 'running' | 'well'
  stacks: readonly {name: string; status: string}[]
  diagnosis: DiagnosisResult | null
  evidence: readonly Evidence[]
  /** What to do next; null when there is nothing to do. */
  next: string | null
}

/** Why an operation on stacks failed: the first real failure, what it means, and the rest. */
export interface DiagnosisResult {
  /** The root's name, and the logical ids of nested stacks: `demo / DataStack`. */
  stack: string
  logicalId: string
  type: string
  status: string
  /** AWS's own words. */
  reason: string
  /** Where the resource is declared, as `cloudformation/data-stack.yaml:123`; null when nobody knows. */
  template: string | null
  /** Null for a failure that docs/failures.md does not have. */
  meaning: string | null
  advice: string | null
  /** What failed by itself beside it, oldest first. */
  others: readonly {stack: string; logicalId: string; type: string; status: string; reason: string}[]
  /** How many resources failed only because others had. */
  cancelled: number
}

/** What was found behind a failure. */
export interface Evidence {
  kind: 'service' | 'task' | 'log' | 'target' | 'build' | 'custom-resource'
  title: string
  lines: readonly string[]
}
