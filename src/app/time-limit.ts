import type {Clock} from '../clock.js'
import {onAsking} from './asking.js'

/** The `--timeout` of a run. */
export interface TimeLimit {
  /** Aborts, with the failure to report, when the time is up. */
  signal: AbortSignal
  callOff(): void
}

/**
 * Starts the clock of `--timeout`, which limits how long mcpgw waits for others. While a person is asked it does not
 * run: who has read for an hour what will be deleted has an answer all the same, and all the time after it.
 *
 * @param failure made when the time is up: it says what the run leaves behind at that moment
 */
export function startTimeLimit(
  clock: Clock,
  timeoutMs: number | undefined,
  failure: (timeoutMs: number) => Error,
): TimeLimit {
  const timeUp = new AbortController()
  const {signal} = timeUp
  if (timeoutMs === undefined) return {signal, callOff() {}}
  const start = () => clock.alarm(timeoutMs, () => timeUp.abort(failure(timeoutMs)))
  let callOffAlarm = start()
  const stopListening = onAsking({
    asked: () => callOffAlarm(),
    answered() {
      callOffAlarm = start()
    },
  })
  return {
    signal,
    callOff() {
      stopListening()
      callOffAlarm()
    },
  }
}
