import {isSkipped} from '../../aws/stack-status.js'
import type {StackProgress} from '../../progress.js'
import type {Step} from '../step.js'
import {deleteById, isDeletableById} from './by-id.js'
import type {TeardownContext} from './context.js'
import {deleteLeftInterfaces} from './left-interfaces.js'

/** What a stack was deleted without: it had failed to go before it was skipped. */
export function orphansOf({record}: Pick<TeardownContext, 'record'>): readonly StackProgress[] {
  const failed = new Map(
    record.events
      .filter(({status, isStack}) => status === 'DELETE_FAILED' && !isStack)
      .map(event => [event.physicalId, event]),
  )
  return record.events
    .filter(({status, physicalId}) => isSkipped(status) && physicalId !== '' && failed.has(physicalId))
    .map(event => failed.get(event.physicalId) ?? event)
}

/**
 * Deletes by id what stacks were deleted without, as far as that can be done. The rest is named at the end with the command
 * that deletes it, as everything is that still carries the tag.
 */
export function sweepOrphans(): Step<TeardownContext> {
  return {
    id: 'orphans',
    title: 'Delete what the stacks were deleted without',
    skip: context => (left(context).length === 0 ? 'they were deleted whole' : undefined),
    async run(context, tools) {
      const {tell} = tools
      await deleteLeftInterfaces(context, tools)
      const orphans = left(context)
      for (const {type, physicalId} of orphans)
        tell({kind: 'note', text: `Deleted without: ${type} ${physicalId}`})
      const problems = await deleteById(
        context,
        orphans.filter(failure => isDeletableById(context, failure)),
        tools,
      )
      for (const text of problems) tell({kind: 'note', text: `Not deleted: ${text}`})
    },
  }
}

function left(context: TeardownContext): readonly StackProgress[] {
  return orphansOf(context).filter(({physicalId}) => !context.provedGone.has(physicalId))
}
