import {isTransient} from '../aws/permanent-failures.js'
import type {Clock} from '../clock.js'
import {messageOf} from '../errors.js'
import type {ProgressSink} from '../progress.js'
import type {Step} from '../steps/step.js'

/** An ordered list of steps with the title a person reads. */
export interface Workflow<Context> {
  title: string
  steps: readonly Step<Context>[]
}

/** How a workflow is run. */
export interface RunOptions {
  clock: Clock
  tell: ProgressSink
  signal: AbortSignal
  /**
   * Asked when a step fails because AWS is throttled, has a fault or cannot be reached. While it is true, the step is
   * run again until it succeeds, or the signal aborts: something is still running in AWS, and every step of such a workflow
   * continues from what it finds. What fails before anything was begun is told at once.
   */
  persistent?(): boolean
}

/**
 * Runs the steps one after another and tells each beginning and end. The first failure ends the run and is
 * thrown as it is.
 */
export async function runWorkflow<Context>(
  workflow: Workflow<Context>,
  context: Context,
  options: RunOptions,
): Promise<void> {
  const {clock, tell, signal} = options
  tell({
    kind: 'workflow-started',
    title: workflow.title,
    steps: workflow.steps.map(({id, title}) => ({id, title})),
  })
  for (const step of workflow.steps) {
    const {id, title} = step
    signal.throwIfAborted()
    const startedAt = clock.now()
    try {
      const reason = await step.skip?.(context)
      if (reason !== undefined) {
        tell({kind: 'step-skipped', id, title, reason})
        continue
      }
      tell({kind: 'step-started', id, title})
      await retryTransient(() => step.run(context, {tell, signal}), options)
    } catch (error) {
      tell({kind: 'step-failed', id, title, message: messageOf(error)})
      throw error
    }
    tell({kind: 'step-finished', id, title, seconds: (clock.now() - startedAt) / 1000})
  }
}

/** After failures 5, 10, 20, 40, 60, 60 … s of the clock: each of the calls was repeated for seconds before it failed. */
const firstPauseMs = 5_000
const longestPauseMs = 60_000

async function retryTransient(
  run: () => Promise<void>,
  {clock, tell, signal, persistent}: RunOptions,
): Promise<void> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await run()
    } catch (error) {
      if (!isTransient(error) || signal.aborted || !persistent?.()) throw error
      tell({kind: 'note', text: `${messageOf(error)} Trying again in ${pauseMs / 1000} s`})
      await clock.sleep(pauseMs, signal)
    }
  }
}
