import type {FollowedStack} from '../../aws/followed-stack.js'
import {
  isCalledOff,
  isDeleted,
  isDeleting,
  isDeployed,
  isUpdatable,
  operationOf,
} from '../../aws/stack-status.js'
import {operationStartedAt} from '../../aws/stacks.js'
import {requireContext} from '../context.js'
import {calledOffWords} from '../stacks/called-off.js'
import {calledBackWords, wasCancelled} from '../stacks/cancelled-update.js'
import {othersExist} from '../stacks/existing-stacks.js'
import {stackFailure} from '../stacks/failure.js'
import {follow} from '../stacks/follow.js'
import type {Step, StepTools} from '../step.js'
import type {WatchContext} from './context.js'
import {type Running, running} from './find-operations.js'
import {GoingOn} from './goes-on.js'

/** Follows everything that runs on the environment to its end, and starts nothing. */
export function followOperations(): Step<WatchContext> {
  return {
    id: 'follow',
    title: 'Follow the operations',
    skip: context => (running(context).length === 0 ? 'no operation is in progress' : undefined),
    async run(context, tools) {
      requireContext(context.existingStacks, 'what exists')
      const followed = running(context)
      const resumeCommand = context.commandLine('watch')
      const ends = await Promise.allSettled(
        followed.map(({label, stack}) => toTheEnd(context, {stack, label, resumeCommand}, tools)),
      )
      for (const end of ends) {
        if (end.status === 'rejected') throw end.reason
        if (!endedWell(end.value)) throw notWell(context, end.value.end, followed)
        if (wasCalledOff(end.value)) tools.tell({kind: 'note', text: calledOffWords(end.value.end)})
      }
    },
  }
}

/** Follows an operation; a deletion that is to go on also after what it shows as its end. */
async function toTheEnd(
  context: WatchContext,
  {stack, label, resumeCommand}: Pick<Running, 'stack' | 'label'> & {readonly resumeCommand: string},
  tools: StepTools,
): Promise<Course> {
  const {id, status: began} = stack
  for (let now = stack; ; ) {
    const goingOn = isDeleting(now.status) ? new GoingOn(context) : undefined
    const operation = {id, label, since: operationStartedAt(now), resumeCommand, foresight: goingOn}
    const end = await follow(context, operation, context.record, tools)
    if (end.status !== 'DELETE_FAILED' || goingOn?.passes() !== true) return {began, end}
    if (!(await goingOn.awaited(id, tools))) return {began, end}
    // What has ended meanwhile has events that were not told.
    now = (await context.aws.stacks.describe(id)) ?? now
  }
}

/** From what to what an operation led. */
interface Course {
  readonly began: string
  readonly end: FollowedStack
}

/** A deletion after which the stack is as before: no failure of anything that exists. */
function wasCalledOff({began, end}: Course): boolean {
  return isDeleting(began) && isCalledOff(end.status)
}

/** What somebody deleted is to be gone, or untouched; what somebody cancelled or created is to exist. */
function endedWell(course: Course): boolean {
  const {began, end} = course
  if (operationOf(began) === 'delete') return isDeleted(end.status) || wasCalledOff(course)
  // Whoever cancelled an update sees it come back to what it was, and that is what was wanted.
  return began.includes('ROLLBACK') ? isUpdatable(end.status) : isDeployed(end.status)
}

function notWell(context: WatchContext, end: FollowedStack, followed: readonly Running[]) {
  const layout = followed.find(({stack}) => stack.id === end.id)?.layout
  const deploy = `${context.commandLine('deploy')}${layout === 'individual' ? ' --layout individual' : ''}`
  const teardown = `\`${context.commandLine('teardown')}\``
  const isAll = end.status === 'DELETE_FAILED' && !othersExist(end, context.existingStacks ?? [])
  const isBack = end.status === 'UPDATE_ROLLBACK_COMPLETE' && wasCancelled(context.record.undismissed)
  return stackFailure({
    verb: 'attach',
    stack: end,
    record: context.record,
    hint: isBack
      ? calledBackWords(end.name, deploy)
      : `Correct the cause, then run ${isAll ? teardown : `\`${deploy}\`, or remove what is left with ${teardown}`}.`,
  })
}
