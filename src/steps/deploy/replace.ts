import {requireContext} from '../context.js'
import {removeLeftover} from '../leftovers/remove.js'
import {removeStack} from '../stacks/remove.js'
import type {Step, StepTools} from '../step.js'
import type {DeployContext} from './context.js'
import {replacesNothing} from './look-before-replacing.js'

/** With --replace: deletes what exists, last made first gone, whichever layout it has. */
export function replaceWhatStands(): Step<DeployContext> {
  return {
    id: 'replace',
    title: 'Remove the existing environment',
    skip: replacesNothing,
    async run(context, tools) {
      // Without --replace: what is being deleted is waited for, and what has been made since stays.
      const resumeCommand = context.commandLine('deploy')
      const existingStacks = requireContext(context.existingStacks, 'what exists')
      await removeLeftovers(context, tools)
      for (const {stack, stackTarget} of [...existingStacks].reverse()) {
        await removeStack(context, {stack, label: stackTarget.label, resumeCommand}, context.record, tools)
        tools.tell({kind: 'note', text: `Removed stack ${stack.name}`})
      }
      context.existingStacks = []
    },
  }
}

/** What updates could not delete holds up what it uses of the stacks, such as the subnet group of a database. */
async function removeLeftovers(context: DeployContext, tools: StepTools): Promise<void> {
  for (const resource of context.leftovers ?? []) {
    const problem = await removeLeftover(context, resource, tools)
    const what = `${resource.kind} ${resource.name}, which an update had left`
    const text = problem === undefined ? `Removed ${what}` : `Not removed: ${what}: ${problem}`
    tools.tell({kind: 'note', text})
  }
}
