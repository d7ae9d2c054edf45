import {McpgwError} from '../../errors.js'

/** Ctrl-C and SIGTERM end our waiting, never the operation in AWS. */
export interface Interrupts {
  /** Aborts, with the failure to report, when the user interrupts. */
  signal: AbortSignal
  /** Stops listening. */
  stop(): void
}

/** The exit code of an interrupted command, as every shell expects it. */
const interruptedExitCode = 130

const showCursor = '\u001B[?25h'

/**
 * Listens until `stop`. The first interrupt aborts the signal, so that the screen is left tidy and the
 * failure says how to go on; the second leaves at once.
 *
 * @param options.goOn the command that attaches to the operation again
 * @param options.changes whether the command starts anything that could go on
 */
export function listenForInterrupts(options: {goOn: string; changes: boolean}): Interrupts {
  const controller = new AbortController()
  const onInterrupt = () => {
    if (controller.signal.aborted) {
      if (process.stderr.isTTY) process.stderr.write(showCursor)
      process.exit(interruptedExitCode)
    }
    controller.abort(
      options.changes
        ? interrupted(
            'Interrupted: mcpgw stopped waiting. What was started goes on in AWS.',
            `Run \`${options.goOn}\` to attach to it again.`,
          )
        : interrupted('Interrupted: nothing was changed.', `Run \`${options.goOn}\` to look again.`),
    )
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

/** The failure of an interrupted command. */
export function interrupted(message: string, hint: string): McpgwError {
  return new McpgwError(message, {code: 'INTERRUPTED', exitCode: interruptedExitCode, hint})
}
