import type {Clock} from '../clock.js'
import {type ProgressSink, silent} from '../progress.js'
import {pickRenderer, type RendererKind} from '../report/pick-renderer.js'
import {whileWaiting} from '../report/spinner.js'
import type {AwsFlags} from './flags.js'
import type {Recording} from './recording.js'
import type {Redactor} from './redactor.js'

/** Where what a command tells goes to. */
export interface ProgressOptions {
  flags: AwsFlags
  kind: RendererKind
  clock: Clock
  redactor: Redactor
  recording: Recording | undefined
  /** What is said beside a spinner, instead of all that is told. */
  waiting: string | undefined
}

/** Shows and records what `run` tells while it runs. Secrets are hidden here, for every command. */
export async function showProgress<T>(
  options: ProgressOptions,
  run: (tell: ProgressSink) => Promise<T>,
): Promise<T> {
  const {flags, kind, clock, redactor, recording, waiting} = options
  const {json, verbose, 'no-color': noColor} = flags
  if (waiting !== undefined) return whileWaiting(waiting, !json, () => run(silent))
  const renderer = await pickRenderer(kind, {clock, verbose, noColor})
  try {
    return await run(redactor.sink(recording?.sink(renderer.tell) ?? renderer.tell))
  } finally {
    await recording?.settle()
    await renderer.close()
  }
}
