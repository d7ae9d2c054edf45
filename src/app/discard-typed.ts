/** Real milliseconds without a key after which nothing is left of what was typed before. */
const quietMs = 40
const ctrlC = '\u0003'

/**
 * Throws away what was typed ahead, the line that the terminal still collects included: an impatient Enter, or what was
 * meant for another program, is no answer to a question that nobody had seen.
 */
export async function discardTyped(input: NodeJS.ReadStream): Promise<void> {
  const wasRaw = input.isRaw
  // Out of the line mode, so that a line without its end can be read, and Ctrl-C is a character.
  input.setRawMode(true)
  try {
    await new Promise<void>(resolve => {
      let timer = setTimeout(end, quietMs)
      function end(): void {
        input.off('data', onData)
        input.pause()
        resolve()
      }
      function onData(typed: Buffer | string): void {
        if (typed.toString().includes(ctrlC)) process.kill(process.pid, 'SIGINT')
        clearTimeout(timer)
        timer = setTimeout(end, quietMs)
      }
      input.on('data', onData)
      input.resume()
    })
  } finally {
    input.setRawMode(wasRaw)
  }
}
