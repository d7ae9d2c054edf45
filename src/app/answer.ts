import {appendFileSync} from 'node:fs'
import {hasAnswered, interruptedExitCode} from '../early-signals.js'
import {messageOf} from '../errors.js'
import {printJson, printText, printWhole} from '../report/print.js'
import {columnsOf} from '../report/terminal-size.js'
import {visible} from '../visible.js'
import {type Ending, type Failed, isFailed, type Outcome} from './outcome.js'

/** In which form a command answers. */
export interface AnswerForm {
  json: boolean
  verbose: boolean
}

/**
 * Tells how a command ended, in the form that was asked for, and sets the exit code. With `--json` standard output
 * carries exactly one document; everything else goes to standard error.
 */
export async function answer(ending: Ending, form: AnswerForm): Promise<void> {
  if (!isFailed(ending)) return tellOutcome(ending, form)
  await tellFailure(ending, form)
  if (ending.isUrgent) process.exit(interruptedExitCode)
}

function tellOutcome(outcome: Outcome, {json}: AnswerForm): void {
  const {document, note, lastNotes = [], exitCode, kept} = outcome
  hasAnswered()
  process.exitCode = exitCode
  if (!json) {
    if (note !== undefined) printText(process.stderr, visible(note))
    printWords(outcome)
  } else if (document !== undefined) printJson(process.stdout, document)
  if (outcome.summary !== undefined) addToStepSummary(outcome.summary)
  for (const last of lastNotes) printText(process.stderr, visible(last))
  if (kept?.run && exitCode !== 0) printText(process.stderr, `Recording: ${visible(kept.run.folder)}`)
}

/**
 * GitHub Actions shows a step what stands in the file of this variable (docs.github.com, workflow commands). That it cannot be
 * written is said, and changes nothing else.
 */
function addToStepSummary(page: string): void {
  const file = process.env.GITHUB_STEP_SUMMARY
  if (!file) return
  try {
    appendFileSync(file, `${page}\n\n`)
  } catch (error) {
    printText(process.stderr, visible(`GITHUB_STEP_SUMMARY cannot be written: ${messageOf(error)}.`))
  }
}

function printWords({text, isValue = false}: Outcome): void {
  if (isValue && process.stdout.isTTY !== true) process.stdout.write(`${text}\n`)
  else if (isValue) printWhole(process.stdout, text)
  else printText(process.stdout, text)
}

async function tellFailure({failure, kept, head}: Failed, {json, verbose}: AnswerForm): Promise<void> {
  const [{failureDocument}, {failureText}, {paint}] = await Promise.all([
    import('./failure-document.js'),
    import('./failure-text.js'),
    import('../report/paint.js'),
  ])
  // From here on in one turn: whoever sends a signal now has been told.
  hasAnswered()
  process.exitCode = failure.exitCode
  if (json) {
    printJson(process.stdout, failureDocument(failure, kept, head))
    return
  }
  const {red} = paint({stream: process.stderr, noColor: false})
  const columns = columnsOf(process.stderr)
  printText(process.stderr, failureText(failure, {verbose, red, columns, kept}))
}
