/** What would make a deployment fail, as far as that can be seen beforehand. */
export interface PreflightResult {
  environment: string
  account: string
  /** The name that the account goes by; null when it has none, or nobody may ask. */
  alias: string | null
  region: string
  /** Nothing blocks. */
  ok: boolean
  checks: readonly CheckResult[]
  /** What to do next, with the command for it. */
  next: string
}

/** What one check found. */
export interface CheckResult {
  /** One of docs/preflight.md. */
  id: string
  title: string
  /** `skip`: not looked at, so that nothing is known. */
  verdict: 'pass' | 'warn' | 'block' | 'skip'
  detail: string
  /** What to do; null where that is nothing. */
  advice: string | null
}
