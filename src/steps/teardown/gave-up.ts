import {randomUUID} from 'node:crypto'
import type {StackProgress} from '../../progress.js'
import {isBoundToExpress} from '../stacks/express.js'
import {followStarted} from '../stacks/follow.js'
import type {PassingCause} from '../stacks/passing-failures.js'
import {deleteById, isDeletableById} from './by-id.js'
import type {TeardownContext} from './context.js'

/** What CloudFormation could not delete for no reason of the resource's own is deleted at its own service, then finds it gone. */
export function deletedAtItsService(context: TeardownContext): PassingCause {
  return {
    words: 'could not delete what its own service may: deleting that there, then the stack again',
    budget: 2,
    is: failure => !context.provedGone.has(failure.physicalId) && isDeletableById(context, failure),
    async pass(failures, tools) {
      const problems = await deleteById(context, failures, tools)
      for (const text of problems) tools.tell({kind: 'note', text: `Not deleted: ${text}`})
    },
  }
}

/**
 * What is gone, and yet fails its row, is left out of the stack (RetainResources): nothing is left behind by that. Of a nested
 * stack only itself can be asked. Source: CloudFormation API reference, DeleteStack.
 */
export function leftOutOfTheStack(context: TeardownContext): PassingCause {
  return {
    words: 'could not delete what is gone already: deleting it without that',
    budget: 2,
    retains: true,
    is: ({physicalId}) => context.provedGone.has(physicalId),
    async pass(failures, tools) {
      const {aws, record, existingStacks = []} = context
      const roots = new Set(existingStacks.map(({stack}) => stack.id))
      for (const [stackId, retain] of byStack(failures)) {
        tools.tell({kind: 'note', text: `Left out of its stack, for it is gone: ${retain.join(', ')}`})
        if (roots.has(stackId)) continue
        const stack = await aws.stacks.describe(stackId)
        if (stack === undefined) continue
        const options = {token: `mcpgw-delete-${randomUUID()}`, retain, express: isBoundToExpress(stack)}
        await record.during(tools.signal, () => aws.stacks.delete(stackId, options))
        const label = failures.find(failure => failure.stackId === stackId)?.label ?? stack.name
        const resumeCommand = context.commandLine('teardown')
        // What fails of it fails its parent, too: that is where it is told.
        await followStarted(context, {stack, label, resumeCommand, isLast: false}, record, tools)
      }
    },
  }
}

/** Logical ids by the stack that they are in. */
function byStack(failures: readonly StackProgress[]): ReadonlyMap<string, readonly string[]> {
  const stacks = new Map<string, string[]>()
  for (const {stackId, logicalId} of failures)
    stacks.set(stackId, [...(stacks.get(stackId) ?? []), logicalId])
  return stacks
}
