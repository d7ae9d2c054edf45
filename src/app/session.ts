import {setMaxListeners} from 'node:events'
import type {Aws} from '../aws/aws.js'
import {accountTime, type Clock} from '../clock.js'
import type {ProgressSink} from '../progress.js'
import {rendererKind} from '../report/pick-renderer.js'
import {printText} from '../report/print.js'
import {whileWaiting} from '../report/spinner.js'
import {canDraw} from '../report/terminal-size.js'
import type {OperationRecord} from '../steps/stacks/record.js'
import {visible} from '../visible.js'
import {alternativeCommands, type EarlyExit, timedOut} from './early-exit.js'
import {failedWith, finishedWith} from './finish-recording.js'
import type {AwsFlags} from './flags.js'
import {listenForInterrupts} from './interrupts.js'
import type {Ending, Outcome} from './outcome.js'
import type {Recording} from './recording.js'
import type {Redactor} from './redactor.js'
import {showProgress} from './show-progress.js'
import {type Recorded, startRecording} from './start-recording.js'
import {openTarget} from './target.js'
import {startTimeLimit} from './time-limit.js'

/** One run of a command against one account: what it works on, when it must stop, and how it is shown. */
export interface Session {
  aws: Aws
  clock: Clock
  /** Aborts with the failure to report, on an interrupt or when the time is up. */
  signal: AbortSignal
  /** When the run began, on the clock. */
  startedAt: number
  /** Shows and records what `run` tells while it runs, without secrets. */
  show<T>(run: (tell: ProgressSink) => Promise<T>): Promise<T>
}

/** What a session is opened for. */
export interface SessionOptions {
  command: string
  commandLine(command: string): string
  /** Knows the secrets that are hidden in whatever is shown and recorded. */
  redactor: Redactor
  timeoutMs?: number
  /** What the run starts, so that stopping early says what is still running; none for a command that changes nothing. */
  record?: OperationRecord
  /** What of the run is to be recorded; none for a command in which nothing happens. */
  recorded?: Recorded
  /** What is said beside a spinner, instead of all that is told. */
  waiting?: string
}

/** What of a session is there before it is open, and after it is closed. */
interface Run {
  interrupted: AbortSignal
  /** What the run leaves behind when it stops now. */
  earlyExit(): EarlyExit
  recording?: Recording
}

/**
 * Opens a session, does `work` in it, and ends the recording of it. Only now is an account touched, so everything about
 * the input must be checked before.
 * @returns how it ended, also when it failed
 */
export async function inSession(
  flags: AwsFlags,
  options: SessionOptions,
  work: (session: Session) => Promise<Outcome>,
): Promise<Ending> {
  const timeLabel = flags.rehearse ? accountTime : undefined
  const earlyExit = (): EarlyExit => ({...earlyExitOf(options), timeLabel})
  const interrupts = listenForInterrupts(earlyExit)
  const run: Run = {interrupted: interrupts.signal, earlyExit}
  const insisted = interrupts.insisted.then(failure => ({
    ...failedWith(failure, run.recording),
    isUrgent: true,
  }))
  try {
    return await Promise.race([worked(), insisted])
  } finally {
    interrupts.stop()
  }

  async function worked(): Promise<Ending> {
    try {
      return finishedWith(await workInTarget(flags, options, run, work), run.recording)
    } catch (error) {
      return failedWith(error, run.recording)
    }
  }
}

async function workInTarget(
  flags: AwsFlags,
  options: SessionOptions,
  run: Run,
  work: (session: Session) => Promise<Outcome>,
): Promise<Outcome> {
  const {commandLine, redactor, timeoutMs, record, recorded, waiting} = options
  const {json, verbose} = flags
  const kind = rendererKind({json, verbose, isTerminal: canDraw(process.stdout), env: process.env})
  const isWatched = flags.rehearse && kind === 'live'
  const target = await whileWaiting('Joining the embedded account', isWatched, () =>
    openTarget(flags, run.interrupted),
  )
  const {aws, clock} = target
  const limit = startTimeLimit(clock, timeoutMs, ms => timedOut(ms, run.earlyExit()))
  try {
    record?.reaches(aws)
    if (!json) for (const note of target.notes) printText(process.stderr, visible(note))
    const signal = AbortSignal.any([run.interrupted, limit.signal])
    // Everything that waits listens to it, more at a time than Node takes for a leak.
    setMaxListeners(0, signal)
    if (recorded !== undefined)
      run.recording = await startRecording(recorded, {flags, commandLine, redactor, target, signal})
    const {recording} = run
    const outcome = await work({
      aws,
      clock,
      signal,
      startedAt: clock.now(),
      show: tellingRun => showProgress({flags, kind, clock, redactor, recording, waiting}, tellingRun),
    })
    return {...outcome, lastNotes: await target.lastNotes?.()}
  } finally {
    limit.callOff()
    target.leave()
  }
}

function earlyExitOf({command, commandLine, record}: SessionOptions): EarlyExit {
  const runningOperations = record?.runningOperations
  return {
    resumeCommand: commandLine(command),
    alternatives: alternativeCommands(command, commandLine, runningOperations),
    underway: record?.underway,
    runningOperations,
    unsteadyServices: record?.unsteadyServices,
  }
}
