import {pastingNoteIn} from '../aws/command-line.js'
import {type McpgwError, messageOf} from '../errors.js'
import {labelled, placeText} from '../report/cause-lines.js'
import {evidenceLines} from '../report/evidence-text.js'
import {costWords, pricesNote} from '../report/remaining-lines.js'
import type {DiagnosisResult, Remaining} from '../results.js'
import {visible, visibleIn} from '../visible.js'
import type {Kept} from './outcome.js'

/** So many lines of evidence are shown; the folder of the run has all. */
const mostEvidence = 12

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
  tellRemaining(told.remaining, tell)
  const {advice, next} = stepsOf(told)
  if (advice !== undefined) tell('Try:   ', advice)
  if (next !== undefined) tell(advice === undefined ? 'Try:   ' : 'Then:  ', next)
  const pasting = pastingNoteIn(lines.join('\n'))
  if (pasting !== undefined) tell('Note:  ', pasting)
  if (verbose && failure.cause instanceof Error) lines.push(...stackLines(failure.cause))
  if (options.kept?.run) lines.push(`Recording: ${visible(options.kept.run.folder)}`)
  return lines.join('\n')
}

/** What a failure tells, so that all of it can be seen and nothing of it acts. */
type Told = Pick<McpgwError, 'message' | 'points' | 'hint' | 'logs' | 'diagnosis' | 'remaining'> & {
  cause: string | undefined
}

function toldBy({message, points, hint, logs, diagnosis, remaining, cause}: McpgwError): Told {
  return visibleIn({
    message,
    points,
    hint,
    logs,
    diagnosis,
    remaining,
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

/** So many of the things that are left are told, the dearest first; `--json` has all. */
const mostRemaining = 10

function tellRemaining(remaining: readonly Remaining[], tell: (label: string, text: string) => void): void {
  for (const each of remaining.slice(0, mostRemaining))
    tell('Costs: ', `${each.kind} ${each.name} is still there: ${costWords(each)}`)
  if (remaining.length > mostRemaining)
    tell('Costs: ', `and ${remaining.length - mostRemaining} more, which --json names.`)
  const note = pricesNote(remaining)
  if (note !== undefined) tell('       ', note)
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
