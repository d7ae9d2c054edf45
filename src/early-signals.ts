/**
 * What Ctrl-C, SIGTERM and a closed terminal do while nobody else listens: before a command has read its flags, and while
 * its modules still load. Imports next to nothing, so that it is there at once.
 */
import {asksForJson} from './command-words.js'
import {visible} from './visible.js'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The exit code of an interrupted command, as every shell expects it. */
export const interruptedExitCode = 130

/** Real milliseconds in which a second signal is the same one: a terminal and the program that started us send one each. */
const sameSignalMs = 300

/** The members of a failure's document, all of them. */
const nothingBegan = {
  code: 'INTERRUPTED',
  message: 'Interrupted before anything was begun: nothing was changed.',
  cause: null,
  hint: 'Run the command again when you are ready.',
  resource: null,
  logs: null,
  diagnosis: null,
  run: null,
  evidence: [],
}

let isGuarded = false
let isJson = false
let isAnswered = false
/** Set as soon as a run listens for itself: what it leaves behind cannot be said here from then on. */
let hasBegun = false
let firstAt: number | undefined

/** Listens from now on. @param argv the command's words, which say how it answers */
export function guardFromStart(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  isJson = asksForJson(argv, env)
  isGuarded = true
  for (const name of signals) process.on(name, onSignal)
}

/** The command tells how it ended, in this same turn: there is one document, and nothing is left to say here. */
export function hasAnswered(): void {
  isAnswered = true
}

/**
 * The caller listens from now on. There is a listener at every moment: Node drops a signal that has come while modules were
 * being compiled, and is not handed out yet, with the last one that goes.
 * @returns gives it back
 */
export function takeSignals(listener: () => void): () => void {
  hasBegun = true
  for (const name of signals) {
    process.on(name, listener)
    process.off(name, onSignal)
  }
  return () => {
    for (const name of signals) {
      if (isGuarded && !process.listeners(name).includes(onSignal)) process.on(name, onSignal)
      process.off(name, listener)
    }
  }
}

/** Whether a signal is another one than that which came at `firstAt` (ms of `performance.now()`). */
export function isAnother(firstAt: number): boolean {
  return performance.now() - firstAt > sameSignalMs
}

function onSignal(): void {
  // What a run has done is about to be told; only who insists is let go without it.
  if (hasBegun && !isAnswered && firstAt === undefined) {
    firstAt = performance.now()
    return
  }
  if (hasBegun && !isAnswered && firstAt !== undefined && !isAnother(firstAt)) return
  if (isAnswered) process.exit(process.exitCode ?? interruptedExitCode)
  tell()
  process.exit(interruptedExitCode)
}

/**
 * What stopped mcpgw itself, where nobody is left to tell it: its own modules cannot be loaded.
 * @throws what is no refusal of the system
 */
export function cannotGoOn(error: unknown): void {
  if (!(error instanceof Error) || !('syscall' in error)) throw error
  process.exitCode = 1
  if (isAnswered) return
  isAnswered = true
  const {message} = error
  const isFull = 'code' in error && error.code === 'EMFILE'
  const hint = isFull
    ? 'Allow more open files (`ulimit -n 1024`), then run the command again.'
    : 'Check that the files of mcpgw itself can be read, then run the command again.'
  tellError({
    ...{...nothingBegan, code: 'SYSTEM_ERROR', cause: message, hint},
    message: `The system does not let mcpgw go on: ${message}.`,
  })
}

function tell(): void {
  const message = hasBegun ? 'Interrupted while its end was being told.' : nothingBegan.message
  tellError({...nothingBegan, message})
}

function tellError(error: Omit<typeof nothingBegan, 'cause'> & {cause: string | null}): void {
  if (isJson) process.stdout.write(`${JSON.stringify({error}, null, 2)}\n`)
  else process.stderr.write(`Error: ${visible(error.message)}\nTry:   ${error.hint}\n`)
}
