import {once} from 'node:events'
import {createInterface, type Interface} from 'node:readline/promises'

/**
 * One line from a terminal. Ctrl-D, and a terminal that is gone, give an empty line. A process that was stopped with
 * Ctrl-Z goes on asking when it continues.
 *
 * @throws the signal's reason when it aborts
 */
export async function askLine(options: {
  input: NodeJS.ReadableStream
  output: NodeJS.WritableStream
  question: string
  signal: AbortSignal
}): Promise<string> {
  const {input, output, question, signal} = options
  const terminal = createInterface({input, output, terminal: true})
  // readline takes Ctrl-C for itself while it asks.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  // readline pauses its input when the process continues, and nothing else would keep the process alive.
  terminal.on('SIGCONT', () => terminal.resume())
  try {
    const line = await Promise.race([answer(terminal, question, signal), closed(terminal)])
    // The cursor still stands behind the question.
    if (line === undefined) output.write('\n')
    return line ?? ''
  } finally {
    terminal.close()
  }
}

/** @returns undefined for Ctrl-D, which newer versions of Node.js reject with an AbortError (nodejs/node, readline). */
async function answer(
  terminal: Interface,
  question: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return await terminal.question(question, {signal})
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Error && error.name === 'AbortError') return
    throw error
  }
}

/** On older versions Ctrl-D only closes the interface. */
async function closed(terminal: Interface): Promise<undefined> {
  await once(terminal, 'close')
}
