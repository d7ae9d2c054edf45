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
interface ErrorMembers {
  code: string
  message: string
  cause: string | null
  hint: string
  resource: null
  logs: null
  diagnosis: null
  foreseen: null
  remaining: readonly never[]
  run: null
  evidence: readonly never[]
}

const nothingBegan: ErrorMembers = {
  code: 'INTERRUPTED',
  message: 'Interrupted before anything was started: nothing was changed.',
  cause: null,
  hint: 'Run the command again when you are ready.',
  resource: null,
  logs: null,
  diagnosis: null,
  foreseen: null,
  remaining: [],
  run: null,
  evidence: [],
}

/**
 * Which of our listeners is in place, once there is one: who listens says how far the command has come. Signals belong to
 * the process, and so does this.
 */
let listening: (() => void) | undefined

/** Listens from now on. */
export function guardFromStart(): void {
  listen(() => leave(nothingBegan))
}

/** The command tells how it ended, in this same turn: there is one document, and nothing is left to say here. */
export function hasAnswered(): void {
  if (listening !== undefined) listen(leaveAsTold)
}

/**
 * The caller listens from now on. There is a listener at every moment: Node drops a signal that has come while modules were
 * being compiled, and is not handed out yet, with the last one that goes.
 * @returns gives it back
 */
export function takeSignals(listener: (name?: string) => void): () => void {
  const isGuarded = listening !== undefined
  for (const name of signals) process.on(name, listener)
  listen(undefined)
  return () => {
    if (isGuarded && listening === undefined) listen(waitToBeTold())
    for (const name of signals) process.off(name, listener)
  }
}

/** Whether a signal is another one than that which came at `firstAt` (ms of `performance.now()`). */
export function isAnother(firstAt: number): boolean {
  return performance.now() - firstAt > sameSignalMs
}

/** Puts a listener of ours into the place of the one before. */
function listen(listener: (() => void) | undefined): void {
  const before = listening
  listening = listener
  for (const name of signals) {
    if (listener !== undefined) process.on(name, listener)
    if (before !== undefined) process.off(name, before)
  }
}

/** What a run has done is about to be told; only who insists is let go without it. */
function waitToBeTold(): () => void {
  let firstAt: number | undefined
  return () => {
    if (firstAt === undefined) firstAt = performance.now()
    else if (isAnother(firstAt))
      leave({...nothingBegan, message: 'Interrupted while the result was being printed.'})
  }
}

function leaveAsTold(): void {
  process.exit(process.exitCode ?? interruptedExitCode)
}

function leave(error: ErrorMembers): void {
  tell(error)
  process.exit(interruptedExitCode)
}

/**
 * What stopped mcpgw itself, where nobody is left to tell it: its own modules cannot be loaded.
 * @throws what is no refusal of the system
 */
export function cannotContinue(error: unknown): void {
  if (!(error instanceof Error) || !('syscall' in error)) throw error
  process.exitCode = 1
  if (listening === leaveAsTold) return
  hasAnswered()
  const {message} = error
  const isFull = 'code' in error && error.code === 'EMFILE'
  const hint = isFull
    ? 'Allow more open files (`ulimit -n 1024`), then run the command again.'
    : 'Check that the files of mcpgw itself can be read, then run the command again.'
  tell({
    ...{...nothingBegan, code: 'SYSTEM_ERROR', cause: message, hint},
    message: `The system does not let mcpgw continue: ${message}.`,
  })
}

/** What every document begins with; nothing is imported here that could not be loaded. */
const nothingKnown = {schemaVersion: 1, environment: null, account: null, region: null, layout: null}

function tell(error: ErrorMembers): void {
  if (asksForJson(process.argv.slice(2), process.env))
    process.stdout.write(`${JSON.stringify({...nothingKnown, error}, null, 2)}\n`)
  else process.stderr.write(`Error: ${visible(error.message)}\nTry:   ${error.hint}\n`)
}
