import {failed, McpgwError} from '../../errors.js'
import {requireContext} from '../context.js'
import {type ExistingStack, findExistingStacks} from '../stacks/existing-stacks.js'
import {removeStack} from '../stacks/remove.js'
import type {Step, StepTools} from '../step.js'
import type {Foreign, TeardownContext} from './context.js'
import {deleteForeign} from './delete-foreign.js'
import {findForeign, foreignWords} from './foreign.js'
import {deletedAtItsService, leftOutOfTheStack} from './gave-up.js'
import {headStart} from './head-start/head-start.js'
import {expectedWithHeadStarts} from './head-start/links.js'
import {metHeadStart} from './head-start/meeting.js'
import {leafCounts} from './inventory.js'
import {deleteLeftInterfaces} from './left-interfaces.js'

/** Deletes the stacks, each when nothing that needs it is left, and follows them to the end. */
export function deleteStacks(): Step<TeardownContext> {
  return {
    id: 'delete-stacks',
    title: 'Delete the stacks',
    skip: ({existingStacks}) => (existingStacks?.length === 0 ? 'no stack exists' : undefined),
    async run(context, tools) {
      tools.tell({kind: 'resources-expected', stacks: leafCounts(context.inventory ?? [])})
      if (context.forecast !== undefined)
        tools.tell({
          kind: 'times-expected',
          operation: 'delete',
          resources: expectedWithHeadStarts(context.forecast.timeline),
          // Rows in express mode tell nothing of how long they take.
          ...(context.express ? {atLeastSeconds: context.forecast.timeline.seconds} : {}),
        })
      if (context.deleteForeign) await deleteForeign(context, tools)
      try {
        await deleteAll(context, requireContext(context.existingStacks, 'what exists'), tools)
      } catch (error) {
        if (!(error instanceof McpgwError) || error.code !== 'STACK_FAILED') throw error
        // Some of it may have come, or be let go, only while the stacks went.
        const gone =
          (await deleteLeftInterfaces(context, tools)) +
          (context.deleteForeign ? await deleteForeign(context, tools) : 0)
        if (gone === 0) throw withForeign(error, await findForeign(context), context)
        const left = await findExistingStacks(context.aws.stacks, context.environment)
        await deleteAll(context, left, tools)
      }
    },
  }
}

/** The failure with what keeps the network, and what deletes that. */
function withForeign(
  error: McpgwError,
  foreign: readonly Foreign[],
  {commandLine}: TeardownContext,
): McpgwError {
  if (foreign.length === 0) return error
  const commands = foreign.flatMap(({command}) => (command === null ? [] : [`\`${command}\``]))
  const first =
    commands.length === 0
      ? 'Ask the owners of what others put into the VPC to delete it.'
      : `Delete what others put into the VPC: ${commands.join(', ')}.`
  const asked = foreign.some(({isPlumbing}) => isPlumbing)
    ? `, or \`${commandLine('teardown')} --delete-foreign\` instead, which deletes endpoints, unused network interfaces and security groups`
    : ''
  // What failed for another reason has its own way on.
  const isOfNetwork = error.diagnosis?.type.startsWith('AWS::EC2::') ?? true
  return failed('STACK_FAILED', error.message, {
    ...detailsOf(error),
    points: foreign.map(foreignWords),
    hint: isOfNetwork ? `${first} Then run \`${commandLine('teardown')}\`${asked}.` : error.hint,
  })
}

function detailsOf({resource, logs, diagnosis, cause}: McpgwError) {
  return {resource, logs, diagnosis, cause}
}

async function deleteAll(
  context: TeardownContext,
  existingStacks: readonly ExistingStack[],
  tools: StepTools,
): Promise<void> {
  const running = new Map<string, Promise<void>>()
  const resumeCommand = context.commandLine('teardown')
  for (const {stackTarget, stack} of [...existingStacks].reverse()) {
    const users = existingStacks.filter(other => other.stackTarget.needs.includes(stackTarget.label))
    const gone = users.map(user => running.get(user.stack.name))
    running.set(
      stack.name,
      Promise.all(gone).then(async () => {
        // Nothing is deleted after what needs no other.
        const isLast = stackTarget.needs.length === 0
        const {label} = stackTarget
        const ended = new AbortController()
        let begun: Promise<void> | undefined
        const onAccepted = () => {
          const signal = AbortSignal.any([tools.signal, ended.signal])
          begun ??= headStart(context, label, {...tools, signal})
        }
        const causes = [metHeadStart(context), leftOutOfTheStack(context), deletedAtItsService(context)]
        const {express, forceDelete: force} = context
        const removal = {stack, label, resumeCommand, isLast, express, force, onAccepted, causes}
        try {
          await removeStack(context, removal, context.record, tools)
        } finally {
          ended.abort()
          await begun
        }
      }),
    )
  }
  const ends = await Promise.allSettled(running.values())
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
