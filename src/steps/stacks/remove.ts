import {randomUUID} from 'node:crypto'
import {awsCommand, shell} from '../../aws/command-line.js'
import type {FollowedStack} from '../../aws/followed-stack.js'
import type {StackDescription} from '../../aws/stack-data.js'
import {isCalledOff, isDeleted, isDeleting} from '../../aws/stack-status.js'
import {operationStartedAt} from '../../aws/stacks.js'
import {type McpgwError, refused} from '../../errors.js'
import type {AwsContext} from '../context.js'
import type {StepTools} from '../step.js'
import {calledOffWords} from './called-off.js'
import {stackFailure} from './failure.js'
import {follow, followStarted} from './follow.js'
import {isBusy, nestedStacks} from './nested.js'
import {mostRepeats, passesByItself, tryAgainMs} from './passing-failures.js'
import type {OperationRecord} from './record.js'
import {actionsFor} from './stack-actions.js'

/** A stack to delete. `resumeCommand` is the command that comes back to it when this one has to stop. */
interface Removal {
  readonly stack: StackDescription
  readonly label: string
  readonly resumeCommand: string
  readonly isLast?: boolean
}

/**
 * Deletes one stack and waits until it is gone. A deletion that already runs is followed, and begun anew when that one
 * is called off: what forbade it may be gone by now.
 * @throws exit code 1 with the first cause when CloudFormation cannot delete it, 3 when it is protected
 */
export async function removeStack(
  context: AwsContext,
  removal: Removal,
  record: OperationRecord,
  tools: StepTools,
): Promise<FollowedStack> {
  refuseProtected(removal.stack, context, removal.resumeCommand)
  const before = await awaitDeletable(context, removal, record, tools)
  let end = await removeOnce(context, {...removal, stack: before}, record, tools)
  if (isDeleting(before.status) && isCalledOff(end.status)) {
    tools.tell({kind: 'note', text: `${calledOffWords(end)}. Deleting it now`})
    const stack = (await context.aws.stacks.describe(before.id)) ?? before
    end = await removeOnce(context, {...removal, stack}, record, tools)
  }
  if (!isDeleted(end.status)) throw notDeleted(end, record, removal.resumeCommand)
  return end
}

/** Deletes it again as long as it fails for nothing but what passes by itself. */
async function removeOnce(
  context: AwsContext,
  removal: Removal,
  record: OperationRecord,
  tools: StepTools,
): Promise<FollowedStack> {
  for (let repeats = 0; ; repeats += 1) {
    const before = record.events.length
    const end = await removeNow(context, removal, record, tools)
    if (end.status !== 'DELETE_FAILED' || repeats === mostRepeats || !passesByItself(record, before))
      return end
    const text = `Stack ${end.name} could not be deleted yet; this usually resolves itself: deleting it again in a minute`
    tools.tell({kind: 'note', text})
    await context.clock.sleep(tryAgainMs, tools.signal)
  }
}

async function removeNow(
  context: AwsContext,
  removal: Removal,
  record: OperationRecord,
  tools: StepTools,
): Promise<FollowedStack> {
  const token = `mcpgw-delete-${randomUUID()}`
  await record.during(tools.signal, () => context.aws.stacks.delete(removal.stack.id, {token}))
  return followStarted(context, removal, record, tools)
}

/**
 * Follows a deletion that somebody else began, and asks for none: who only waits for it does not insist on it.
 * @returns `called-off` when the stack is as before
 * @throws exit code 1 with the first cause when it failed
 */
export async function awaitDeletion(
  context: AwsContext,
  {stack, label, resumeCommand}: Removal,
  record: OperationRecord,
  tools: StepTools,
): Promise<'deleted' | 'called-off'> {
  const operation = {id: stack.id, label, since: operationStartedAt(stack), resumeCommand, isLast: false}
  const end = await follow(context, operation, record, tools)
  if (isDeleted(end.status)) return 'deleted'
  if (!isCalledOff(end.status)) throw notDeleted(end, record, resumeCommand)
  tools.tell({kind: 'note', text: calledOffWords(end)})
  return 'called-off'
}

function notDeleted(stack: FollowedStack, record: OperationRecord, resumeCommand: string): McpgwError {
  const hint = `Remove what blocks it, then run \`${resumeCommand}\` again.`
  return stackFailure({verb: 'delete', stack, record, hint})
}

/**
 * CloudFormation deletes no stack that is being updated, nor a root while somebody updates one of its nested stacks by
 * itself: what runs is followed to its end first, with a note.
 * @returns the stack as it is then
 */
async function awaitDeletable(
  context: AwsContext,
  removal: Removal,
  record: OperationRecord,
  tools: StepTools,
): Promise<StackDescription> {
  const {stack, label} = removal
  const now = (await context.aws.stacks.describe(stack.id)) ?? stack
  await awaitEnd(context, {...removal, stack: now}, record, tools)
  // What its own deletion does to them needs no waiting.
  if (label !== 'main' || isDeleting(now.status)) return now
  for (const nested of (await nestedStacks(context.aws.stacks, stack.id)).filter(isBusy))
    await awaitEnd(context, {...removal, stack: nested.stack, label: nested.key}, record, tools)
  return now
}

async function awaitEnd(
  context: AwsContext,
  {stack, label, resumeCommand}: Removal,
  record: OperationRecord,
  tools: StepTools,
): Promise<void> {
  const {id, name, status} = stack
  if (actionsFor(status).teardown !== 'await-then-delete') return
  const text = `Stack ${name} is in ${status}, and cannot be deleted before that has ended: waiting for it`
  tools.tell({kind: 'note', text})
  await follow(context, {id, label, since: operationStartedAt(stack), resumeCommand}, record, tools)
}

/**
 * @param next the command that continues when the protection is lifted
 * @throws exit code 3 when termination protection is on: lifting it is a decision that --yes does not make
 */
export function refuseProtected(stack: StackDescription, {aws}: Pick<AwsContext, 'aws'>, next: string): void {
  if (!stack.terminationProtection) return
  const lift = shell`cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stack.name}`
  throw refused(
    'TERMINATION_PROTECTED',
    `Stack ${stack.name} is protected against deletion. Nothing was deleted.`,
    `Lift it first: \`${awsCommand(aws, lift)}\`. Then run \`${next}\`.`,
  )
}
