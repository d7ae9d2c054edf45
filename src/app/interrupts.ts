import {isAnother, takeSignals} from '../early-signals.js'
import type {McpgwError} from '../errors.js'
import {leaveScreen, noticeOnScreen} from '../report/live-screen.js'
import {type EarlyExit, interruptedRun} from './early-exit.js'

/** Ctrl-C, SIGTERM and a terminal that is closed end our waiting, never the operation in AWS. */
export interface Interrupts {
  /** Aborts, with the failure to report, when the user interrupts. */
  signal: AbortSignal
  /** Resolves, with the same failure, when the user insists: nothing is waited for then. */
  insisted: Promise<McpgwError>
  /** Stops listening. */
  stop(): void
}

const stopping = 'Stopping… (interrupt again to leave at once)'
const showCursor = '\u001B[?25h'

/**
 * Listens until `stop`. The first interrupt aborts the signal, so that the screen is left tidy and the
 * failure says how to continue; the second insists. Two that come together are one.
 *
 * @param earlyExit what the run leaves behind at that moment
 */
export function listenForInterrupts(earlyExit: () => EarlyExit): Interrupts {
  const controller = new AbortController()
  let first: {failure: McpgwError; at: number} | undefined
  let insist: (failure: McpgwError) => void = () => {}
  const insisted = new Promise<McpgwError>(resolve => {
    insist = resolve
  })
  const onInterrupt = (name?: string) => {
    if (first === undefined) {
      first = {failure: interruptedRun(earlyExit()), at: performance.now()}
      // At once: what is on its way may take seconds until it ends.
      // A terminal that is closed takes nothing any more.
      if (name !== 'SIGHUP' && !noticeOnScreen(stopping)) process.stderr.write(`\n${stopping}\n`)
      controller.abort(first.failure)
    } else if (isAnother(first.at)) {
      // What is told last would be held back with the drawing, and be lost.
      // Nor does it begin behind the ^C of the terminal.
      const wasDrawn = leaveScreen()
      if (process.stderr.isTTY) process.stderr.write(`${showCursor}${wasDrawn ? '\n' : ''}`)
      insist(first.failure)
    }
  }
  return {signal: controller.signal, insisted, stop: takeSignals(onInterrupt)}
}
