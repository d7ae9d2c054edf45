import {known} from '../context.js'
import {removeStack} from '../stacks/remove.js'
import type {StandingStack} from '../stacks/standing.js'
import type {Step, StepTools} from '../step.js'
import type {TeardownContext} from './context.js'
import {leafCounts} from './inventory.js'

/** Deletes the stacks, each when nothing that needs it is left, and follows them to the end. */
export function deleteStacks(): Step<TeardownContext> {
  return {
    id: 'delete-stacks',
    title: 'Delete the stacks',
    skip: ({standing}) => (standing?.length === 0 ? 'no stack stands' : undefined),
    async run(context, tools) {
      tools.tell({kind: 'resources-expected', stacks: leafCounts(context.inventory ?? [])})
      await deleteAll(context, known(context.standing, 'what stands'), tools)
    },
  }
}

async function deleteAll(
  context: TeardownContext,
  standing: readonly StandingStack[],
  tools: StepTools,
): Promise<void> {
  const running = new Map<string, Promise<void>>()
  const goOn = context.commandLine('teardown')
  for (const {unit, stack} of [...standing].reverse()) {
    const users = standing.filter(other => other.unit.needs.includes(unit.label))
    const gone = users.map(user => running.get(user.stack.name))
    running.set(
      stack.name,
      Promise.all(gone).then(async () => {
        // Nothing is deleted after what needs no other.
        const isLast = unit.needs.length === 0
        await removeStack(context, {stack, label: unit.label, goOn, isLast}, context.record, tools)
      }),
    )
  }
  const ends = await Promise.allSettled(running.values())
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
