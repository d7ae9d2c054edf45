import {setMaxListeners} from 'node:events'
import type {Aws} from '../aws/aws.js'
import type {Clock} from '../clock.js'
import type {ProgressSink} from '../progress.js'
import type {TemplateVersions} from '../recorder/run-file.js'
import type {RecordedCommand} from '../recorder/run-id.js'
import {pickRenderer, rendererKind} from '../report/pick-renderer.js'
import {printText} from '../report/print.js'
import {whileWaiting} from '../report/spinner.js'
import type {OperationRecord} from '../steps/stacks/record.js'
import {visible} from '../visible.js'
import {otherWays, timedOut} from './early-exit.js'
import {awaitLastWords} from './finish-recording.js'
import type {AwsFlags} from './flags.js'
import {listenForInterrupts} from './interrupts.js'
import type {Recording} from './recording.js'
import {openTarget, type Target} from './target.js'

/** One run of a command against one account: what it works on, when it must stop, and how it is shown. */
export interface Session {
  aws: Aws
  clock: Clock
  /** Aborts with the failure to report, on an interrupt or when the time is up. */
  signal: AbortSignal
  /** When the run began, on the clock. */
  startedAt: number
  commandLine(command: string): string
  /** Shows what `run` tells while it runs. */
  show<T>(run: (tell: ProgressSink) => Promise<T>): Promise<T>
  /** Must be called, whatever happened. */
  close(): void
}

/** What a session is opened for. */
export interface SessionOptions {
  command: string
  commandLine(command: string): string
  timeoutMs?: number
  /** What the run starts, so that stopping early says what goes on; none for a command that changes nothing. */
  record?: OperationRecord
  /** What of the run is to be recorded; none for a command in which nothing happens. */
  recorded?: Recorded
}

/** What a command was given, for the recording of its run. */
export interface Recorded {
  command: RecordedCommand
  layout?: string
  /** Without the values of secrets. */
  parameters?: Readonly<Record<string, string>>
  templates?: TemplateVersions
  /** Hides secrets in whatever AWS or a log repeats. */
  mask?(text: string): string
}

/** Opens a session; only now is an account touched, so everything about the input must be checked before. */
export async function openSession(flags: AwsFlags, options: SessionOptions): Promise<Session> {
  const {command, commandLine, timeoutMs, record} = options
  const goOn = commandLine(command)
  const stopped = () => {
    const goingOn = record?.goingOn
    return {goOn, others: otherWays(command, commandLine, goingOn), underway: record?.underway, goingOn}
  }
  const interrupts = listenForInterrupts(stopped)
  const {json, verbose, 'no-color': noColor} = flags
  const kind = rendererKind({json, verbose, isTerminal: process.stdout.isTTY === true, env: process.env})
  try {
    const wait = 'Joining the embedded account'
    const target = await whileWaiting(wait, flags.rehearse && kind === 'live', () => openTarget(flags))
    const {aws, clock} = target
    record?.reaches(aws)
    if (!json) for (const note of target.notes) printText(process.stderr, visible(note))
    const timeUp = new AbortController()
    const callOff =
      timeoutMs === undefined
        ? undefined
        : clock.alarm(timeoutMs, () => timeUp.abort(timedOut(timeoutMs, stopped())))
    const signal = AbortSignal.any([interrupts.signal, timeUp.signal])
    // Everything that waits listens to it, more at a time than Node takes for a leak.
    setMaxListeners(0, signal)
    const recording = await recordingOf(flags, options, {...target, signal})
    return {
      aws,
      clock,
      signal,
      startedAt: clock.now(),
      commandLine,
      async show(run) {
        const renderer = await pickRenderer(kind, {clock, verbose, noColor})
        try {
          return await run(recording?.sink(renderer.tell) ?? renderer.tell)
        } finally {
          await recording?.settle()
          await renderer.close()
        }
      },
      close() {
        callOff?.()
        interrupts.stop()
        target.leave()
      },
    }
  } catch (error) {
    interrupts.stop()
    throw error
  }
}

/** Begins to record a run in which something happens. */
async function recordingOf(
  flags: AwsFlags,
  {recorded, commandLine}: SessionOptions,
  {aws, signal, holdClock: onLook}: Pick<Session, 'aws' | 'signal'> & Pick<Target, 'holdClock'>,
): Promise<Recording | undefined> {
  if (recorded === undefined) return undefined
  const {command, layout = null, parameters = {}, templates = null, mask = text => text} = recorded
  const {environment, rehearse: rehearsal} = flags
  const {Recording} = await import('./recording.js')
  const facts = {
    command,
    commandLine: commandLine(command),
    environment,
    region: aws.region,
    endpoint: aws.endpoint ?? null,
    rehearsal,
    layout,
    parameters,
    templates,
  }
  const recording = new Recording({facts, commandLine, aws, signal, mask, onLook})
  awaitLastWords(recording)
  return recording
}
