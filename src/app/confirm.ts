import {refused} from '../errors.js'
import {printText} from '../report/print.js'
import {visible} from '../visible.js'
import {askLine} from './ask-line.js'
import {whileAsking} from './asking.js'
import {discardTyped} from './discard-typed.js'

/** True when somebody sits there who can answer. */
export function canAsk(options: {json: boolean}): boolean {
  return !options.json && process.stdin.isTTY === true && process.stderr.isTTY === true
}

/**
 * Refuses, before anything is touched, to destroy something that nobody can confirm.
 * @throws exit code 3
 */
export function requireConfirmable(options: {
  yes?: boolean
  json: boolean
  what: string
  command: string
}): void {
  const {yes, what, command} = options
  if (yes || canAsk(options)) return
  throw refused(
    'CONFIRMATION_MISSING',
    `${what} requires confirmation, which cannot be asked for here.`,
    `Add --yes to continue without confirmation: \`${command} --yes\`.`,
  )
}

/**
 * Asks for the environment's name: a reflex answers "y", but nobody types a name by reflex.
 * @throws exit code 3 when something else is typed; the signal's reason when it aborts
 */
export async function confirmByName(options: {
  text: string
  name: string
  signal: AbortSignal
  /** The flag that agrees without a question. @default --yes */
  flag?: string
}): Promise<void> {
  const {text, name, signal, flag = '--yes'} = options
  if ((await askFor({text, what: name, signal})) === name) return
  throw refused(
    'NOT_CONFIRMED',
    'Not confirmed: nothing was changed.',
    `Type ${name} exactly, or add ${flag}.`,
  )
}

/**
 * Shows what will be destroyed, and has it confirmed by the environment's name unless `--yes` has.
 * @throws as `confirmByName`
 */
export async function showAndConfirm(
  {yes, json}: {yes: boolean; json: boolean},
  options: {text: string; name: string; signal: AbortSignal},
): Promise<void> {
  if (!yes) return confirmByName(options)
  if (!json) printText(process.stderr, options.text)
}

/**
 * Shows a text and asks for a word, to go ahead or as a question has it, for as long as it takes. What was typed before is not the answer.
 * @throws the signal's reason when it aborts
 */
export function askFor(
  options: {text: string; signal: AbortSignal} & ({what: string} | {question: string}),
): Promise<string> {
  return whileAsking(() => ask(options))
}

async function ask({text, signal, ...options}: Parameters<typeof askFor>[0]): Promise<string> {
  await discardTyped(process.stdin)
  signal.throwIfAborted()
  printText(process.stderr, text)
  const question = 'question' in options ? options.question : `Type ${visible(options.what)} to continue: `
  const answer = await askLine({input: process.stdin, output: process.stderr, question, signal})
  return answer.trim()
}
