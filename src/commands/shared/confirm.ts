import {createInterface} from 'node:readline/promises'
import {refused} from '../../errors.js'
import {interrupted} from './stopped.js'

/** True when somebody sits there who can answer. */
export function canAsk(options: {json: boolean}): boolean {
  return !options.json && process.stdin.isTTY === true && process.stderr.isTTY === true
}

/**
 * Refuses, before anything is touched, to destroy something that nobody can confirm.
 * @throws exit code 3
 */
export function requireConfirmable(options: {
  yes: boolean
  json: boolean
  what: string
  command: string
}): void {
  const {yes, what, command} = options
  if (yes || canAsk(options)) return
  throw refused(
    'CONFIRMATION_MISSING',
    `${what} needs a confirmation, and nobody can be asked here.`,
    `Add --yes to go ahead without a question: \`${command} --yes\`.`,
  )
}

/**
 * Asks for the environment's name: a reflex answers "y", but nobody types a name by reflex.
 * @throws exit code 3 when something else is typed, 130 when interrupted
 */
export async function confirmByName(options: {
  text: string
  name: string
  signal: AbortSignal
}): Promise<void> {
  const {text, name, signal} = options
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  // readline takes Ctrl-C for itself while it asks.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  try {
    process.stderr.write(`${text}\n`)
    const answer = await terminal.question(`Type ${name} to go ahead: `, {signal}).catch(error => {
      if (!signal.aborted) throw error
      throw interrupted('Interrupted: nothing was changed.', 'Run the command again when you are ready.')
    })
    if (answer.trim() === name) return
  } finally {
    terminal.close()
  }
  throw refused('NOT_CONFIRMED', 'Not confirmed: nothing was changed.', `Type ${name} exactly, or add --yes.`)
}
