import {commandsToDelete} from '../../aws/deleting-command.js'
import type {TaggedResource} from '../../aws/tagged-resources.js'
import {removeLeftover} from '../leftovers/remove.js'
import type {Step} from '../step.js'
import type {TeardownContext} from './context.js'

/**
 * Deletes what updates could not delete. Before the stacks go, because it holds up what it uses of them, such as the subnet
 * group of a database; what is itself used by them cannot go then, and is tried again after them.
 */
export function removeLeftovers(when: 'before' | 'after'): Step<TeardownContext> {
  return {
    id: `leftovers-${when}`,
    title: when === 'before' ? 'Delete what updates could not delete' : 'Delete what is left of updates',
    skip: ({leftovers = []}) => (leftovers.length === 0 ? 'nothing was left' : undefined),
    async run(context, tools) {
      const {cleaned, remaining, leftovers = []} = context
      const left: TaggedResource[] = []
      for (const resource of leftovers) {
        const {kind, name} = resource
        const problem = await removeLeftover(context, resource, tools)
        if (problem === undefined) {
          cleaned.push({kind, name})
          tools.tell({kind: 'note', text: `Removed ${kind} ${name}, which an update had left`})
          continue
        }
        left.push(resource)
        if (when === 'before') {
          tools.tell({kind: 'note', text: `Not yet: ${kind} ${name}: ${problem}`})
          continue
        }
        const reason = `An update could not delete it, nor can this teardown: ${problem}`
        remaining.push({
          kind,
          name,
          reason,
          owner: 'the environment',
          kept: false,
          command: await commandsToDelete(context.aws, resource),
        })
      }
      context.leftovers = left
    },
  }
}
