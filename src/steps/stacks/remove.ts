import {randomUUID} from 'node:crypto'
import {awsCommand} from '../../aws/command-line.js'
import type {FollowedStack} from '../../aws/stack-events.js'
import {isDeleted} from '../../aws/stack-status.js'
import {operationStartedAt, type StackDescription} from '../../aws/stacks.js'
import {refused} from '../../errors.js'
import type {AwsContext} from '../context.js'
import type {StepTools} from '../step.js'
import {stackFailure} from './failure.js'
import {follow, followStarted} from './follow.js'
import type {OperationRecord} from './record.js'
import {waysOnFrom} from './ways-on.js'

/**
 * Deletes one stack and waits until it is gone. A deletion that already runs is followed. `standing.goOn` is the
 * command that comes back to it when this one has to stop.
 * @throws exit code 1 with the first cause when CloudFormation cannot delete it, 3 when it is protected
 */
export async function removeStack(
  context: AwsContext,
  standing: {stack: StackDescription; label: string; goOn: string; isLast?: boolean},
  record: OperationRecord,
  tools: StepTools,
): Promise<FollowedStack> {
  const {stack} = standing
  refuseProtected(stack, context)
  await awaitDeletable(context, standing, record, tools)
  const token = `mcpgw-delete-${randomUUID()}`
  await record.during(tools.signal, () => context.aws.stacks.delete(stack.id, {token}))
  const end = await followStarted(context, standing, record, tools)
  if (!isDeleted(end.status)) {
    throw stackFailure({
      verb: 'delete',
      stack: end,
      record,
      hint: `Remove what blocks it, then run \`${context.commandLine('teardown')}\` again.`,
    })
  }
  return end
}

/** CloudFormation deletes no stack that is being updated: what runs is followed to its end first, out loud. */
async function awaitDeletable(
  context: AwsContext,
  {stack, label, goOn}: {stack: StackDescription; label: string; goOn: string},
  record: OperationRecord,
  tools: StepTools,
): Promise<void> {
  const now = (await context.aws.stacks.describe(stack.id)) ?? stack
  if (waysOnFrom(now.status).teardown !== 'await-then-delete') return
  const text = `Stack ${stack.name} is in ${now.status}, and cannot be deleted before that has ended: waiting for it`
  tools.tell({kind: 'note', text})
  const operation = {id: stack.id, label, since: operationStartedAt(now), goOn}
  await follow(context, operation, record, tools)
}

/** @throws exit code 3 when termination protection is on: lifting it is a decision that --yes does not make */
export function refuseProtected(stack: StackDescription, context: Pick<AwsContext, 'aws'>): void {
  if (!stack.terminationProtection) return
  throw refused(
    'TERMINATION_PROTECTED',
    `Stack ${stack.name} is protected against deletion. Nothing was deleted.`,
    `Lift it first: ${awsCommand(context.aws, `cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stack.name}`)}`,
  )
}
