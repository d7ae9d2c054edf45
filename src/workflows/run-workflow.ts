import type {Clock} from '../clock.js'
import {messageOf} from '../errors.js'
import type {ProgressSink} from '../progress.js'
import type {Step} from '../steps/step.js'

/** An ordered list of steps with the title a person reads. */
export interface Workflow<Context> {
  title: string
  steps: readonly Step<Context>[]
}

/**
 * Runs the steps one after another and tells each beginning and end. The first failure ends the run and is
 * thrown as it is.
 */
export async function runWorkflow<Context>(
  workflow: Workflow<Context>,
  context: Context,
  options: {clock: Clock; tell: ProgressSink; signal: AbortSignal},
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
      await step.run(context, {tell, signal})
    } catch (error) {
      tell({kind: 'step-failed', id, title, message: messageOf(error)})
      throw error
    }
    tell({kind: 'step-finished', id, title, seconds: (clock.now() - startedAt) / 1000})
  }
}
