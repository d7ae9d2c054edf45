import {McpgwError, messageOf} from '../../errors.js'
import {evidenceLines} from '../../report/evidence-text.js'
import type {Evidence} from '../../results.js'
import type {Kept} from './last-words.js'

/** A failure as `--json` prints it. Fields that a failure does not have are null, so that scripts can rely on them. */
export interface FailureDocument {
  error: {
    code: string
    message: string
    cause: string | null
    hint: string | null
    resource: string | null
    logs: string | null
    /** The recorded run: `mcpgw diagnose --run` explains it again. */
    run: string | null
    evidence: readonly Evidence[]
  }
}

/** Anything thrown, as a failure that mcpgw reports: on purpose, wrong usage found by oclif, or a defect. */
export function asFailure(error: unknown): McpgwError {
  if (error instanceof McpgwError) return error
  if (isUsageError(error)) {
    // oclif appends "See more help with --help" and one line a problem: keep it to one paragraph.
    const message = messageOf(error)
      .replace(/\s*See more help with --help\s*$/, '')
      .replace(/^Parsing (--\S+)\s*/, '$1: ')
    return new McpgwError(message.replaceAll(/\s*\n\s*/g, ' '), {
      code: 'USAGE',
      exitCode: 2,
      hint: 'Run the command with --help to see its flags.',
      cause: undefined,
    })
  }
  return new McpgwError(`Something went wrong inside mcpgw: ${messageOf(error)}`, {
    code: 'INTERNAL',
    exitCode: 1,
    hint: 'This is a defect: run again with --verbose and report what it prints.',
    cause: error,
  })
}

/** So many lines of evidence are shown; the folder of the run has all. */
const mostEvidence = 12
/** So many of the last lines of each log are in the document. */
const mostLines = 20

/** The failure as `--json` prints it. @param kept what a recorded run has left */
export function failureDocument(failure: McpgwError, kept?: Kept): FailureDocument {
  return {
    error: {
      code: failure.code,
      message: failure.message,
      cause: failure.cause === undefined ? null : messageOf(failure.cause),
      hint: failure.hint ?? null,
      resource: failure.resource ?? null,
      logs: failure.logs ?? null,
      run: kept?.run?.id ?? null,
      evidence: (kept?.evidence ?? []).map(each => ({...each, lines: each.lines.slice(-mostLines)})),
    },
  }
}

/** The failure as a person reads it on standard error. */
export function failureText(
  failure: McpgwError,
  options: {verbose: boolean; red(text: string): string; kept?: Kept},
): string {
  const lines = [`${options.red('Error:')} ${failure.message}`]
  const cause = failure.cause === undefined ? undefined : messageOf(failure.cause)
  // What is wrong with the input is in the message; its cause is a detail of how it was found.
  const causeHelps = options.verbose || failure.exitCode !== 2
  if (causeHelps && cause !== undefined && !failure.message.includes(cause)) lines.push(`Cause: ${cause}`)
  const evidence = evidenceLines(options.kept?.evidence ?? [], mostEvidence)
  if (evidence.length > 0) lines.push('Evidence:', ...evidence)
  if (failure.logs !== undefined) lines.push(`Logs:  ${failure.logs}`)
  if (failure.hint !== undefined) lines.push(`Try:   ${failure.hint}`)
  if (options.verbose && failure.cause instanceof Error && failure.cause.stack)
    lines.push(failure.cause.stack)
  if (options.kept?.run) lines.push(`Kept:  ${options.kept.run.folder}`)
  return lines.join('\n')
}

/** oclif's own errors (unknown flag, missing value, wrong type) carry the parser's input. */
function isUsageError(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.message.startsWith('Parsing --') ||
      'parse' in error ||
      ('oclif' in error && error.name !== 'Error'))
  )
}
