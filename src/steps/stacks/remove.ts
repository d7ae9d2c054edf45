import {randomUUID} from 'node:crypto'
import {awsCommand} from '../../aws/command-line.js'
import type {FollowedStack} from '../../aws/stack-events.js'
import {isDeleted, isDeleting} from '../../aws/stack-status.js'
import {operationStartedAt, type StackDescription} from '../../aws/stacks.js'
import {refused} from '../../errors.js'
import type {AwsContext} from '../context.js'
import type {StepTools} from '../step.js'
import {stackFailure} from './failure.js'
import {follow, followStarted} from './follow.js'
import {isBusy, nestedStacks} from './nested.js'
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
      hint: `Remove what blocks it, then run \`${standing.goOn}\` again.`,
    })
  }
  return end
}

/**
 * CloudFormation deletes no stack that is being updated, nor a root while somebody updates one of its nested stacks by
 * itself: what runs is followed to its end first, out loud.
 */
async function awaitDeletable(
  context: AwsContext,
  standing: {stack: StackDescription; label: string; goOn: string},
  record: OperationRecord,
  tools: StepTools,
): Promise<void> {
  const {stack, label} = standing
  const now = (await context.aws.stacks.describe(stack.id)) ?? stack
  await awaitEnd(context, {...standing, stack: now}, record, tools)
  // What its own deletion does to them needs no waiting.
  if (label !== 'main' || isDeleting(now.status)) return
  for (const nested of (await nestedStacks(context.aws.stacks, stack.id)).filter(isBusy))
    await awaitEnd(context, {...standing, stack: nested.stack, label: nested.key}, record, tools)
}

async function awaitEnd(
  context: AwsContext,
  {stack, label, goOn}: {stack: StackDescription; label: string; goOn: string},
  record: OperationRecord,
  tools: StepTools,
): Promise<void> {
  const {id, name, status} = stack
  if (waysOnFrom(status).teardown !== 'await-then-delete') return
  const text = `Stack ${name} is in ${status}, and cannot be deleted before that has ended: waiting for it`
  tools.tell({kind: 'note', text})
  await follow(context, {id, label, since: operationStartedAt(stack), goOn}, record, tools)
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
