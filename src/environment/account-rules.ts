/** In which accounts mcpgw may change something, as the config file says. */
export interface AccountRules {
  /** Undefined: in every one that is not blocked. */
  readonly allow?: readonly AccountRule[]
  readonly block: readonly AccountRule[]
  /** Where `allow` is, as `file:line`. */
  readonly allowedAt?: string
}

/** One account in a list. */
export interface AccountRule {
  /** Twelve digits. */
  readonly account: string
  /** `file:line`. */
  readonly where: string
}

/** Why an account is not to be changed; undefined when it may be. A block wins over an allowance. */
export function whyNotAllowed(rules: AccountRules | undefined, account: string): string | undefined {
  const blocked = rules?.block.find(rule => rule.account === account)
  if (blocked !== undefined) return `it is blocked (${blocked.where})`
  const {allow, allowedAt} = rules ?? {}
  if (allow === undefined || allow.some(rule => rule.account === account)) return undefined
  return `it is not among the accounts that are allowed (${allowedAt})`
}
