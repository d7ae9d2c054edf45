import {requireContext} from '../context.js'
import {removeStack} from '../stacks/remove.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'

/** With --replace: deletes what exists, last made first gone, whichever layout it has. */
export function replaceWhatStands(): Step<DeployContext> {
  return {
    id: 'replace',
    title: 'Remove what exists',
    skip(context) {
      if (!context.settings.replace) return 'not asked for (--replace)'
      return context.existingStacks?.length === 0 ? 'nothing exists' : undefined
    },
    async run(context, tools) {
      // Without --replace: what is being deleted is waited for, and what has been made since stays.
      const resumeCommand = context.commandLine('deploy')
      for (const {stack, stackTarget} of [
        ...requireContext(context.existingStacks, 'what exists'),
      ].reverse()) {
        await removeStack(context, {stack, label: stackTarget.label, resumeCommand}, context.record, tools)
        tools.tell({kind: 'note', text: `Removed stack ${stack.name}`})
      }
      context.existingStacks = []
    },
  }
}
