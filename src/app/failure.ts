import {failed, McpgwError, messageOf} from '../errors.js'
import {labelled, placeText} from '../report/cause-lines.js'
import {evidenceLines} from '../report/evidence-text.js'
import type {DiagnosisResult, Evidence} from '../results.js'
import {visible, visibleIn} from '../visible.js'
import type {Kept} from './outcome.js'

/** A failure as `--json` prints it. Fields that a failure does not have are null, so that scripts can rely on them. */
export interface FailureDocument {
  error: {
    code: string
    message: string
    cause: string | null
    hint: string | null
    resource: string | null
    logs: string | null
    diagnosis: DiagnosisResult | null
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
  const advice = systemAdvice(error)
  if (advice !== undefined)
    return failed('SYSTEM_ERROR', `The system does not let mcpgw go on: ${messageOf(error)}.`, {
      hint: advice,
      cause: error,
    })
  return new McpgwError(`Something went wrong inside mcpgw: ${messageOf(error)}`, {
    code: 'INTERNAL',
    exitCode: 1,
    hint: 'This is a defect: run again with --verbose and report what it prints.',
    cause: error,
  })
}

/** What to do about what is wrong with the machine, or with where mcpgw runs on it, by the system's code. */
const systemAdvices: Readonly<Record<string, string>> = {
  ENOENT: 'Check that the folder that you are in, and those of your settings, still exist.',
  ENOTDIR: 'A file stands where a folder is wanted: check HOME, XDG_STATE_HOME and TMPDIR.',
  EISDIR: 'A folder stands where a file is wanted: check the paths that were given.',
  ELOOP: 'Symbolic links lead in a circle: check the paths that were given.',
  ENAMETOOLONG: 'Give a shorter path.',
  EACCES: 'Check the permissions of the file or folder.',
  EPERM: 'Check the permissions of the file or folder.',
  EROFS: 'Name a place that can be written to in MCPGW_REHEARSAL_STATE and MCPGW_RUNS_DIR.',
  ENOSPC: 'Make room on the disk, then run the command again.',
  EDQUOT: 'Make room in your quota of the disk, then run the command again.',
  EMFILE: 'Allow more open files (`ulimit -n 1024`), then run the command again.',
  ENFILE: 'Too many files are open on this machine: end other programs, then run the command again.',
  ENOMEM: 'End other programs, then run the command again.',
}

/** Undefined for anything but a refusal of the system. */
function systemAdvice(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined
  return systemAdvices[String(error.code)]
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
      message: [failure.message, ...failure.points.map(point => `  ✖ ${visible(point)}`)].join('\n'),
      cause: failure.cause === undefined ? null : messageOf(failure.cause),
      hint: failure.hint ?? null,
      resource: failure.resource ?? null,
      logs: failure.logs ?? null,
      diagnosis: failure.diagnosis ?? null,
      run: kept?.run?.id ?? null,
      evidence: (kept?.evidence ?? []).map(each => ({...each, lines: each.lines.slice(-mostLines)})),
    },
  }
}

/**
 * The failure as a person reads it on standard error.
 * @param options.columns how wide the terminal is; lines stay whole where there is none
 */
export function failureText(
  failure: McpgwError,
  options: {verbose: boolean; red(text: string): string; columns?: number; kept?: Kept},
): string {
  const {verbose, red, columns} = options
  const told = toldBy(failure)
  const {message, points, diagnosis, logs, cause} = told
  const broken = columns === undefined ? undefined : {width: columns, whole: true}
  const [first = '', ...rest] = labelled('Error: ', headline(told), broken)
  const lines = [first.replace('Error:', red('Error:')), ...rest]
  const tell = (label: string, text: string) => lines.push(...labelled(label, text, broken))
  for (const point of points) tell('  ✖    ', point)
  if (diagnosis !== undefined) tellDiagnosis(diagnosis, tell)
  // What is wrong with the input is in the message; its cause is a detail of how it was found.
  const causeHelps = verbose || failure.exitCode !== 2
  if (causeHelps && cause !== undefined && !message.includes(cause)) tell('Cause: ', cause)
  const evidence = evidenceLines(options.kept?.evidence ?? [], mostEvidence)
  if (evidence.length > 0) lines.push('Evidence:', ...evidence)
  if (logs !== undefined) tell('Logs:  ', logs)
  const {advice, next} = stepsOf(told)
  if (advice !== undefined) tell('Try:   ', advice)
  if (next !== undefined) tell(advice === undefined ? 'Try:   ' : 'Then:  ', next)
  if (verbose && failure.cause instanceof Error) lines.push(...stackLines(failure.cause))
  if (options.kept?.run) lines.push(`Kept:  ${visible(options.kept.run.folder)}`)
  return lines.join('\n')
}

/** What a failure tells, so that all of it can be seen and nothing of it acts. */
type Told = Pick<McpgwError, 'message' | 'points' | 'hint' | 'logs' | 'diagnosis'> & {
  cause: string | undefined
}

function toldBy({message, points, hint, logs, diagnosis, cause}: McpgwError): Told {
  return visibleIn({
    message,
    points,
    hint,
    logs,
    diagnosis,
    cause: cause === undefined ? undefined : messageOf(cause),
  })
}

/** Where it was thrown. Its message may have lines that look like ours: only what looks like a frame has a line. */
function stackLines({name, message, stack = ''}: Error): string[] {
  const frames = stack.split('\n').filter(line => /^ +at /.test(line))
  return [`${name}: ${message}`, ...frames].map(visible)
}

/** The message without AWS's words, when they have a line of their own. */
function headline({message, diagnosis}: Told): string {
  if (diagnosis === undefined) return message
  const {reason} = diagnosis
  const at = message.lastIndexOf(`: ${reason}`)
  return at === -1
    ? message
    : `${message.slice(0, at)}.${message.slice(at + reason.length + 2).replace(/^[.!?]/, '')}`
}

/** What to do about the failure itself, and what to run then: the hint has both, one after the other. */
function stepsOf({hint, diagnosis}: Told): {advice?: string; next?: string} {
  const advice = diagnosis?.advice ?? undefined
  if (advice === undefined || !hint?.startsWith(`${advice} `)) return {next: hint}
  return {advice, next: hint.slice(advice.length + 1)}
}

/** So many other failures are told; `--json` has all. */
const mostOthers = 5

function tellDiagnosis(diagnosis: DiagnosisResult, tell: (label: string, text: string) => void): void {
  const {reason, meaning, template, others, cancelled} = diagnosis
  tell('Why:   ', reason)
  if (meaning !== null) tell('Means: ', meaning)
  if (template !== null) tell('Where: ', template)
  for (const other of others.slice(0, mostOthers))
    tell('Also:  ', `${placeText(other)} ${other.status}: ${other.reason}`)
  if (others.length > mostOthers) tell('Also:  ', `and ${others.length - mostOthers} more.`)
  if (cancelled > 0)
    tell(
      'Also:  ',
      `${cancelled} ${cancelled === 1 ? 'resource was' : 'resources were'} cancelled because of it.`,
    )
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
