import type {ForeseenUpdate} from './foreseen.js'
import type {DiagnosisResult, Remaining} from './results.js'

/**
 * The exit codes of every command, as documented in docs/errors.md.
 *
 * 1: it ran and failed · 2: wrong usage or input, AWS not changed · 3: refused, AWS not changed ·
 * 4: gave up waiting, the operation continues in AWS · 130: interrupted by the user, as 4. `parity` ends with 5 where it
 * has a result of a plan that is only part of one, which is no failure.
 */
export type FailureExitCode = 1 | 2 | 3 | 4 | 130

/**
 * What a failure tells: `points` are the things that stand in the way where there are several, `hint` is what to do next,
 * `resource` the thing it is about, `logs` where to read more.
 */
export interface FailureDetails {
  /** Stable, upper snake case: scripts may depend on it. */
  code: string
  exitCode: FailureExitCode
  points?: readonly string[]
  hint?: string
  resource?: string
  logs?: string
  /** Why stacks failed. */
  diagnosis?: DiagnosisResult
  /** What the update that was refused would have done. */
  foreseen?: ForeseenUpdate
  /** What still exists and is billed, or may be. */
  remaining?: readonly Remaining[]
  cause?: unknown
}

/** Every failure that mcpgw reports on purpose. `message` says what happened and why, in a full sentence. */
export class McpgwError extends Error {
  override name = 'McpgwError'
  readonly code: string
  readonly exitCode: FailureExitCode
  readonly points: readonly string[]
  readonly hint: string | undefined
  readonly resource: string | undefined
  readonly logs: string | undefined
  readonly diagnosis: DiagnosisResult | undefined
  readonly foreseen: ForeseenUpdate | undefined
  readonly remaining: readonly Remaining[]

  constructor(message: string, details: FailureDetails) {
    super(message, {cause: details.cause})
    this.code = details.code
    this.exitCode = details.exitCode
    this.points = details.points ?? []
    this.hint = details.hint
    this.resource = details.resource
    this.logs = details.logs
    this.diagnosis = details.diagnosis
    this.foreseen = details.foreseen
    this.remaining = details.remaining ?? []
  }
}

/** Wrong usage or input: found before AWS is called, exit code 2. */
export function invalidInput(code: string, message: string, hint: string, cause?: unknown): McpgwError {
  return new McpgwError(message, {code, exitCode: 2, hint, cause})
}

/** Refused on purpose before anything was changed, exit code 3. @param points each thing that stands in the way */
export function refused(
  code: string,
  message: string,
  hint: string,
  cause?: unknown,
  points?: readonly string[],
): McpgwError {
  return new McpgwError(message, {code, exitCode: 3, hint, cause, points})
}

/** It ran and failed, exit code 1. */
export function failed(
  code: string,
  message: string,
  details: Omit<FailureDetails, 'code' | 'exitCode'> = {},
): McpgwError {
  return new McpgwError(message, {...details, code, exitCode: 1})
}

/** The same failure with what is left besides. @param words to follow the hint */
export function leaving(error: McpgwError, remaining: readonly Remaining[], words?: string): McpgwError {
  const {message, code, exitCode, points, resource, logs, diagnosis, foreseen, cause, stack} = error
  const hint = [error.hint, words].filter(Boolean).join(' ') || undefined
  const told = {code, exitCode, points, hint, resource, logs, diagnosis, foreseen, cause, remaining}
  return Object.assign(new McpgwError(message, told), {stack})
}

/** The same failure with another explanation of its cause: the hint begins with the advice of that. */
export function explainedAs(error: McpgwError, diagnosis: DiagnosisResult): McpgwError {
  const {message, code, exitCode, points, resource, logs, foreseen, remaining, cause, stack} = error
  const before = error.diagnosis?.advice ?? ''
  const rest = error.hint?.startsWith(before) ? error.hint.slice(before.length).trim() : error.hint
  const hint = [diagnosis.advice, rest].filter(Boolean).join(' ') || undefined
  const told = {code, exitCode, points, hint, resource, logs, diagnosis, foreseen, cause, remaining}
  return Object.assign(new McpgwError(message, told), {stack})
}

/** A refusal as the failure that it is once something was changed; every other failure stays as it is. @param words what was changed */
export function afterwards(error: McpgwError, words: string): McpgwError {
  if (error.exitCode !== 2 && error.exitCode !== 3) return error
  const {code, points, hint, resource, logs, diagnosis, foreseen, remaining, cause, stack} = error
  const told = {
    code,
    exitCode: 1,
    points,
    hint,
    resource,
    logs,
    diagnosis,
    foreseen,
    remaining,
    cause,
  } as const
  return Object.assign(new McpgwError(`${words} ${error.message}`, told), {stack})
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
