import {randomUUID} from 'node:crypto'
import type {FollowedStack} from '../../aws/stack-events.js'
import {isDeleted} from '../../aws/stack-status.js'
import {operationStartedAt, type StackDescription} from '../../aws/stacks.js'
import {refused} from '../../errors.js'
import type {AwsContext} from '../context.js'
import type {StepTools} from '../step.js'
import {stackFailure} from './failure.js'
import {follow} from './follow.js'
import type {OperationRecord} from './record.js'

/**
 * Deletes one stack and waits until it is gone. A deletion that already runs is followed.
 * @throws exit code 1 with the first cause when CloudFormation cannot delete it, 3 when it is protected
 */
export async function removeStack(
  context: AwsContext,
  standing: {stack: StackDescription; label: string},
  record: OperationRecord,
  tools: StepTools,
): Promise<FollowedStack> {
  const {stack, label} = standing
  refuseProtected(stack, context)
  await context.aws.stacks.delete(stack.id, {token: `mcpgw-delete-${randomUUID()}`})
  // By id from here: once it is deleted, its name finds nothing.
  const now = await context.aws.stacks.describe(stack.id)
  const since = operationStartedAt(now ?? stack)
  const end = await follow(context, {id: stack.id, label, since}, record, tools)
  if (!isDeleted(end.status)) {
    throw stackFailure({
      verb: 'delete',
      stack: end,
      events: record.events,
      hint: `Remove what blocks it, then run \`${context.commandLine('teardown')}\` again.`,
    })
  }
  return end
}

/** @throws exit code 3 when termination protection is on: lifting it is a decision that --yes does not make */
export function refuseProtected(stack: StackDescription, context: Pick<AwsContext, 'aws'>): void {
  if (!stack.terminationProtection) return
  throw refused(
    'TERMINATION_PROTECTED',
    `Stack ${stack.name} is protected against deletion. Nothing was deleted.`,
    `Lift it first: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stack.name} --region ${context.aws.region}`,
  )
}
