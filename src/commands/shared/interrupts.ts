import {interruptedExitCode, interruptedRun, type StoppedRun} from './stopped.js'

/** Ctrl-C, SIGTERM and a terminal that is closed end our waiting, never the operation in AWS. */
export interface Interrupts {
  /** Aborts, with the failure to report, when the user interrupts. */
  signal: AbortSignal
  /** Stops listening. */
  stop(): void
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const showCursor = '\u001B[?25h'

/**
 * Listens until `stop`. The first interrupt aborts the signal, so that the screen is left tidy and the
 * failure says how to go on; the second leaves at once.
 *
 * @param stopped what the run leaves behind at that moment
 */
export function listenForInterrupts(stopped: () => StoppedRun): Interrupts {
  const controller = new AbortController()
  const onInterrupt = () => {
    if (controller.signal.aborted) {
      if (process.stderr.isTTY) process.stderr.write(showCursor)
      process.exit(interruptedExitCode)
    }
    controller.abort(interruptedRun(stopped()))
  }
  for (const name of signals) process.on(name, onInterrupt)
  return {
    signal: controller.signal,
    stop() {
      for (const name of signals) process.off(name, onInterrupt)
    },
  }
}
