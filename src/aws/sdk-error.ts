import {McpgwError, messageOf} from '../errors.js'

/** What was called, in IAM's words: `cloudformation` and `CreateStack`. */
export interface AwsCall {
  readonly service: string
  readonly operation: string
  readonly region: string
  /** The endpoint that replaces AWS's own, if any. */
  readonly endpoint: string | undefined
  /** What to do when that endpoint does not answer, if whoever gave it knows. */
  readonly unreachableHint?: string
}

/** `cloudformation:CreateStack`, as in policies. */
export function nameOf({service, operation}: AwsCall): string {
  return `${service}:${operation}`
}

/** The parts of an SDK error that mcpgw reads, also when it is already the cause of an `McpgwError`. */
export interface SdkError {
  readonly name: string
  readonly message: string
  readonly status: number | undefined
  readonly cause: unknown
}

/** Reads anything thrown, also an error that was translated before. */
export function sdkErrorOf(error: unknown): SdkError {
  const cause = error instanceof McpgwError ? error.cause : error
  const {name, code, $metadata} = (cause ?? {}) as {
    name?: unknown
    code?: unknown
    $metadata?: {httpStatusCode?: number}
  }
  // Sockets fail with a plain `Error` whose `code` says what happened; AWS's errors have a name of their own.
  const known = name === 'Error' || name === 'AggregateError' || name === undefined ? (code ?? name) : name
  return {name: String(known ?? 'Error'), message: messageOf(cause), status: $metadata?.httpStatusCode, cause}
}
