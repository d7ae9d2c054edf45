import {McpgwError} from '../errors.js'

/** Nothing but a person changes these: asking again gets the same answer. */
const permanentCodes: ReadonlySet<string> = new Set([
  'CREDENTIALS_EXPIRED',
  'NO_CREDENTIALS',
  'INVALID_CREDENTIALS',
  'SIGNATURE_REJECTED',
  'ACCESS_DENIED',
])

/** True when repeating the call is no use; throttling, faults of AWS and lost connections pass by themselves. */
export function isPermanent(error: unknown): error is McpgwError {
  return error instanceof McpgwError && permanentCodes.has(error.code)
}

/**
 * What passes by itself: AWS is short of breath, or has a fault, or cannot be reached from here for a while, as when a
 * network wants a new login.
 */
const transientCodes: ReadonlySet<string> = new Set(['THROTTLED', 'AWS_FAULT', 'UNREACHABLE', 'NOT_AWS'])

/** True when the same call may well succeed a little later; it was repeated for some seconds already. */
export function isTransient(error: unknown): error is McpgwError {
  return error instanceof McpgwError && transientCodes.has(error.code)
}
