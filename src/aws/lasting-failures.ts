import {McpgwError} from '../errors.js'

/** Nothing but a person changes these: asking again gets the same answer. */
const lastingCodes: ReadonlySet<string> = new Set([
  'CREDENTIALS_EXPIRED',
  'NO_CREDENTIALS',
  'INVALID_CREDENTIALS',
  'SIGNATURE_REJECTED',
  'ACCESS_DENIED',
])

/** True when repeating the call is no use; throttling, faults of AWS and lost connections pass by themselves. */
export function isLasting(error: unknown): error is McpgwError {
  return error instanceof McpgwError && lastingCodes.has(error.code)
}
