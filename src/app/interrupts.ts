import {interruptedExitCode, isAnother, takeSignals} from '../early-signals.js'
import {answerAtOnce} from './answer.js'
import {interruptedRun, type StoppedRun} from './early-exit.js'

/** Ctrl-C, SIGTERM and a terminal that is closed end our waiting, never the operation in AWS. */
export interface Interrupts {
  /** Aborts, with the failure to report, when the user interrupts. */
  signal: AbortSignal
  /** Stops listening. */
  stop(): void
}

const showCursor = '\u001B[?25h'

/**
 * Listens until `stop`. The first interrupt aborts the signal, so that the screen is left tidy and the
 * failure says how to go on; the second tells the same and leaves at once. Two that come together are one.
 *
 * @param stopped what the run leaves behind at that moment
 */
export function listenForInterrupts(stopped: () => StoppedRun): Interrupts {
  const controller = new AbortController()
  let firstAt: number | undefined
  const onInterrupt = () => {
    if (firstAt === undefined) {
      firstAt = performance.now()
      controller.abort(interruptedRun(stopped()))
    } else if (isAnother(firstAt)) {
      if (process.stderr.isTTY) process.stderr.write(showCursor)
      void answerAtOnce(controller.signal.reason).finally(() => process.exit(interruptedExitCode))
    }
  }
  return {signal: controller.signal, stop: takeSignals(onInterrupt)}
}
