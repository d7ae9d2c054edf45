import type {Step} from '../step.js'
import type {DeletionContext} from './context.js'
import {findForeign, foreignWords} from './foreign.js'
import {noteUnchecked} from './unchecked.js'

/** Looks for what others put into the VPC, before anything is asked or deleted: it is where a teardown ends otherwise. */
export function lookForForeign(): Step<DeletionContext> {
  return {
    id: 'foreign',
    title: 'Look for what others put into the VPC',
    skip: ({existingStacks}) => (existingStacks?.length === 0 ? 'no stack exists' : undefined),
    async run(context, {tell}) {
      context.foreign = await findForeign(context, (what, reason) =>
        noteUnchecked(context, what, reason, {tell}),
      )
      for (const each of context.foreign)
        tell({kind: 'note', text: `Not of the environment: ${foreignWords(each)}`})
    },
  }
}
