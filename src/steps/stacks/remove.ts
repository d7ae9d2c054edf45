import {randomUUID} from 'node:crypto'
import {awsCommand, shell} from '../../aws/command-line.js'
import type {FollowedStack} from '../../aws/followed-stack.js'
import type {StackDescription} from '../../aws/stack-data.js'
import {isCalledOff, isDeleted, isDeleting} from '../../aws/stack-status.js'
import {operationStartedAt} from '../../aws/stacks.js'
import {type McpgwError, refused} from '../../errors.js'
import type {StackProgress} from '../../progress.js'
import type {AwsContext} from '../context.js'
import type {StepTools} from '../step.js'
import {calledOffWords} from './called-off.js'
import {isBoundToExpress} from './express.js'
import {stackFailure} from './failure.js'
import {type Foresight, follow, followStarted} from './follow.js'
import {isBusy, nestedAtOnce} from './nested.js'
import {Budgets, cleaningUpByAws, failuresSince, type PassingCause} from './passing-failures.js'
import type {OperationRecord} from './record.js'
import {actionsFor} from './stack-actions.js'

/** A stack to delete. `resumeCommand` is the command that comes back to it when this one has to stop. */
interface Removal {
  readonly stack: StackDescription
  readonly label: string
  readonly resumeCommand: string
  readonly isLast?: boolean
  /** Delete it in express mode; one that express mode has left failed is in any case. @default false */
  readonly express?: boolean
  /** Called when CloudFormation has accepted the deletion, and not waited for. */
  readonly onAccepted?: () => void
  /** When nothing else helps, delete it without what cannot be deleted. @default false */
  readonly force?: boolean
  /** What else passes, beside AWS's own cleaning up. */
  readonly causes?: readonly PassingCause[]
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

/** Deletes it again as long as it fails for nothing but what passes, and as often as each cause may cost. */
async function removeOnce(
  context: AwsContext,
  removal: Removal,
  record: OperationRecord,
  tools: StepTools,
): Promise<FollowedStack> {
  const budgets = new Budgets([...(removal.causes ?? []), cleaningUpByAws(context)])
  let isForced = false
  let retain: readonly string[] = []
  for (;;) {
    const before = record.events.length
    const foresight = {
      passes: () => budgets.causesOf(failuresSince(record, before)) !== undefined,
      isForeseen: (event: StackProgress) => isForeseen(event, failuresSince(record, before), budgets),
    }
    const end = await removeNow(context, {...removal, foresight, isForced, retain}, record, tools)
    if (end.status !== 'DELETE_FAILED') return end
    const causes = budgets.causesOf(failuresSince(record, before))
    if (causes === undefined && (!removal.force || isForced)) return end
    for (const event of record.events.slice(before)) record.dismiss(event)
    if (causes === undefined) {
      const text = `Stack ${end.name} cannot be deleted whole: deleting it without what cannot be deleted`
      tools.tell({kind: 'note', text})
      isForced = true
      continue
    }
    retain = [...causes].flatMap(([{retains}, failures]) =>
      retains ? failures.filter(({stackId}) => stackId === end.id).map(({logicalId}) => logicalId) : [],
    )
    for (const [cause, failures] of causes) {
      tools.tell({kind: 'note', text: `Stack ${end.name} ${cause.words}`})
      budgets.spend(cause)
      await cause.pass(failures, tools)
    }
  }
}

/** Whether a failure was counted on; that of a stack when nothing in it failed for another reason. */
export function isForeseen(
  event: StackProgress,
  failures: readonly StackProgress[],
  budgets: Budgets,
): boolean {
  if (event.status !== 'DELETE_FAILED') return false
  const mine = failures.includes(event) ? [event] : failures
  return mine.length > 0 && mine.every(failure => budgets.causeOf(failure)?.isForeseen)
}

async function removeNow(
  context: AwsContext,
  removal: Removal & {
    readonly foresight: Foresight
    readonly isForced: boolean
    readonly retain: readonly string[]
  },
  record: OperationRecord,
  tools: StepTools,
): Promise<FollowedStack> {
  const {stack, isForced: force, retain} = removal
  const token = `mcpgw-delete-${randomUUID()}`
  const isBound = isBoundToExpress((await context.aws.stacks.describe(stack.id)) ?? stack)
  const express = removal.express === true || isBound
  await record.during(tools.signal, () =>
    context.aws.stacks.delete(stack.id, {token, express, force, retain}),
  )
  removal.onAccepted?.()
  return followStarted(context, removal, record, tools)
}

/**
 * Follows a deletion that somebody else began, and asks for none: who only waits for it does not insist on it.
 * @returns `called-off` when the stack is as before, or can be asked to go again
 * @throws exit code 1 with the first cause when it failed
 */
export async function awaitDeletion(
  context: AwsContext,
  {stack, label, resumeCommand}: Removal,
  record: OperationRecord,
  tools: StepTools,
): Promise<'deleted' | 'called-off'> {
  const budgets = new Budgets([cleaningUpByAws(context)])
  const before = record.events.length
  const foresight = {
    passes: () => budgets.causesOf(failuresSince(record, before)) !== undefined,
    isForeseen: () => false,
  }
  const since = operationStartedAt(stack)
  const operation = {id: stack.id, label, since, resumeCommand, isLast: false, foresight}
  const end = await follow(context, operation, record, tools)
  if (isDeleted(end.status)) return 'deleted'
  if (end.status === 'DELETE_FAILED' && foresight.passes()) {
    for (const event of record.events.slice(before)) record.dismiss(event)
    tools.tell({
      kind: 'note',
      text: `Stack ${end.name} could not be deleted yet; this usually resolves itself`,
    })
    return 'called-off'
  }
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
  for (const nested of (await nestedAtOnce(context.aws.stacks, stack)).filter(isBusy))
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
