import {requireContext} from '../context.js'
import {expectedTimes} from '../plan/timeline.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import {removeStack} from '../stacks/remove.js'
import type {Step, StepTools} from '../step.js'
import type {TeardownContext} from './context.js'
import {leafCounts} from './inventory.js'

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
          resources: expectedTimes(context.forecast.timeline),
        })
      await deleteAll(context, requireContext(context.existingStacks, 'what exists'), tools)
    },
  }
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
        await removeStack(
          context,
          {stack, label: stackTarget.label, resumeCommand, isLast},
          context.record,
          tools,
        )
      }),
    )
  }
  const ends = await Promise.allSettled(running.values())
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
