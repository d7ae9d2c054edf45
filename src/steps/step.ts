import type {ProgressSink} from '../progress.js'

/** What every step gets besides the workflow's own context. */
export interface StepTools {
  tell: ProgressSink
  /** Aborts when the user interrupts or the deadline passes. */
  signal: AbortSignal
}

/** One thing a workflow does. Steps never print: they tell the progress sink. */
export interface Step<Context> {
  /** Stable: tests, JSON and error reports refer to it. */
  id: string
  title: string
  /** A reason not to run, shown to the user; undefined to run. */
  skip?(context: Context): string | undefined | Promise<string | undefined>
  run(context: Context, tools: StepTools): Promise<void>
}
