import type {Step} from '../step.js'
import {listExistingStacks} from '../teardown/find-existing-stacks.js'
import type {ResetContext} from './context.js'

/** Finds the stacks that exist, as teardown does, and refuses what must not be touched. */
export function findWhatExists(): Step<ResetContext> {
  const {id, title, run} = listExistingStacks()
  return {
    id,
    title,
    async run(context, tools) {
      const {aws, clock, environment, accountRules, identity, record, removal, commandLine} = context
      context.teardown = {
        ...removal,
        ...{aws, clock, environment, accountRules, identity, record},
        // What stops a teardown here is gone on with by a reset.
        commandLine: command => commandLine(command === 'teardown' ? 'reset' : command),
      }
      await run(context.teardown, tools)
    },
  }
}
