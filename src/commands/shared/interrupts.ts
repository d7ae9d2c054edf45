import type {OperationRecord} from '../../steps/stacks/record.js'
import {interruptedExitCode, interruptedRun} from './stopped.js'

/** Ctrl-C and SIGTERM end our waiting, never the operation in AWS. */
export interface Interrupts {
  /** Aborts, with the failure to report, when the user interrupts. */
  signal: AbortSignal
  /** Stops listening. */
  stop(): void
}

const showCursor = '\u001B[?25h'

/**
 * Listens until `stop`. The first interrupt aborts the signal, so that the screen is left tidy and the
 * failure says how to go on; the second leaves at once.
 *
 * @param options.goOn the command that goes on with it
 * @param options.record what the run has started; none for a command that changes nothing
 */
export function listenForInterrupts(options: {
  goOn: string
  record?: Pick<OperationRecord, 'underway'>
}): Interrupts {
  const {goOn, record} = options
  const controller = new AbortController()
  const onInterrupt = () => {
    if (controller.signal.aborted) {
      if (process.stderr.isTTY) process.stderr.write(showCursor)
      process.exit(interruptedExitCode)
    }
    controller.abort(interruptedRun({goOn, underway: record?.underway}))
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onInterrupt)
  return {
    signal: controller.signal,
    stop() {
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', onInterrupt)
    },
  }
}
