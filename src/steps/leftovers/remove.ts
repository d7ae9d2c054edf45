import type {TaggedResource} from '../../aws/tagged-resources.js'
import {McpgwError} from '../../errors.js'
import type {AwsContext} from '../context.js'
import type {OperationRecord} from '../stacks/record.js'
import type {StepTools} from '../step.js'

/** Of the clock. A database with its instance takes ten minutes at times. */
const pollMs = 10_000
const patienceMs = 30 * 60_000

/**
 * Deletes one resource that an update had left, and waits until it is gone.
 * @returns why it is still there; undefined when it is gone
 */
export async function removeLeftover(
  {aws, clock, record}: Pick<AwsContext, 'aws' | 'clock'> & {readonly record: OperationRecord},
  resource: TaggedResource,
  {signal}: Pick<StepTools, 'signal'>,
): Promise<string | undefined> {
  const deadline = clock.now() + patienceMs
  record.changed()
  try {
    for (;;) {
      signal.throwIfAborted()
      if ((await aws.leftovers.remove(resource)) === 'gone') return undefined
      if (clock.now() >= deadline) return 'it is being deleted for half an hour.'
      await clock.sleep(pollMs, signal)
    }
  } catch (error) {
    // What a service refuses for reasons of its own must not end the teardown of everything else.
    if (error instanceof McpgwError && error.exitCode === 1) return error.message
    throw error
  }
}
