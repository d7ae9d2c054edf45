import {type FollowedStack, followStacks} from '../../aws/stack-events.js'
import {failed, messageOf} from '../../errors.js'
import type {AwsContext} from '../context.js'
import type {StepTools} from '../step.js'
import type {OperationRecord} from './record.js'

/** Which operation to follow. */
export interface FollowedOperation {
  id: string
  label: string
  /** When it began, on AWS's clock: older events belong to earlier operations. */
  since: number
}

/**
 * Follows one stack and the stacks nested in it until it settles, tells and records each event, and returns
 * how the stack ended. Only the stack's own status decides; events are for people and for the diagnosis.
 */
export async function follow(
  context: Pick<AwsContext, 'aws' | 'clock'>,
  operation: FollowedOperation,
  record: OperationRecord,
  {tell, signal}: StepTools,
): Promise<FollowedStack> {
  const {id, label, since} = operation
  let toldOfTrouble = false
  const events = followStacks(context.aws.stacks, {
    roots: [{id, label}],
    since,
    clock: context.clock,
    signal,
    onPollFailure(error) {
      // One line an operation: the stream goes on by itself, and every further failure says the same.
      if (!toldOfTrouble)
        tell({kind: 'note', text: `Asking AWS for progress failed, trying on: ${messageOf(error)}`})
      toldOfTrouble = true
    },
  })
  for (;;) {
    const next = await events.next()
    if (next.done) {
      record.finished(next.value)
      const root = next.value.find(stack => stack.id === id) ?? next.value[0]
      if (root === undefined) throw failed('INTERNAL', `Following stack ${label} ended without its status.`)
      return root
    }
    record.add(next.value)
    tell({kind: 'stack-event', event: next.value})
  }
}
