import {requireContext} from '../context.js'
import {leftovers} from '../leftovers/find.js'
import {removeLeftover} from '../leftovers/remove.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import {removeStack} from '../stacks/remove.js'
import type {Step, StepTools} from '../step.js'
import {takeInventory} from '../teardown/inventory.js'
import type {DeployContext} from './context.js'

/** With --replace: deletes what exists, last made first gone, whichever layout it has. */
export function replaceWhatStands(): Step<DeployContext> {
  return {
    id: 'replace',
    title: 'Remove the existing environment',
    skip(context) {
      if (!context.settings.replace) return 'not asked for (--replace)'
      return context.existingStacks?.length === 0 ? 'nothing exists' : undefined
    },
    async run(context, tools) {
      // Without --replace: what is being deleted is waited for, and what has been made since stays.
      const resumeCommand = context.commandLine('deploy')
      const existingStacks = requireContext(context.existingStacks, 'what exists')
      await removeLeftovers(context, existingStacks, tools)
      for (const {stack, stackTarget} of [...existingStacks].reverse()) {
        await removeStack(context, {stack, label: stackTarget.label, resumeCommand}, context.record, tools)
        tools.tell({kind: 'note', text: `Removed stack ${stack.name}`})
      }
      context.existingStacks = []
    },
  }
}

/** What updates could not delete holds up what it uses of the stacks, such as the subnet group of a database. */
async function removeLeftovers(
  context: DeployContext,
  existingStacks: readonly ExistingStack[],
  tools: StepTools,
): Promise<void> {
  const inventory = await takeInventory(context.aws.stacks, existingStacks)
  for (const resource of await leftovers(context, inventory)) {
    const problem = await removeLeftover(context, resource, tools)
    const what = `${resource.kind} ${resource.name}, which an update had left`
    const text = problem === undefined ? `Removed ${what}` : `Not removed: ${what}: ${problem}`
    tools.tell({kind: 'note', text})
  }
}
