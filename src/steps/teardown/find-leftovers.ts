import {leftovers} from '../leftovers/find.js'
import type {Step} from '../step.js'
import type {DeletionContext} from './context.js'
import {noteUnchecked} from './unchecked.js'

/** Finds what updates could not delete, so that it is shown before anything goes. */
export function findLeftovers(): Step<DeletionContext> {
  return {
    id: 'find-leftovers',
    title: 'Find what updates could not delete',
    async run(context, {tell}) {
      context.leftovers = await leftovers(context, context.inventory ?? [], reason =>
        noteUnchecked(context, 'what updates could not delete', reason, {tell}),
      )
      for (const {kind, name} of context.leftovers)
        tell({kind: 'note', text: `Found ${kind} ${name}, which an update could not delete`})
    },
  }
}
