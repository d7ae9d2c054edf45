import {type McpgwError, refused} from '../../errors.js'
import {type ExistingStack, findExistingStacks, isOurs, notOurs} from '../stacks/existing-stacks.js'
import {isBusy} from '../stacks/nested.js'
import {refuseProtected} from '../stacks/remove.js'
import {actionsFor} from '../stacks/stack-actions.js'
import type {Step} from '../step.js'
import {nestedOf, noSuchEnvironment} from '../watch/find-operations.js'
import type {CancelContext} from './context.js'

/** Finds what can be stopped, and refuses what cannot. */
export function findCancellable(): Step<CancelContext> {
  return {
    id: 'find',
    title: 'Find operations in progress',
    async run(context, {tell}) {
      const {aws, environment} = context
      const existingStacks = await findExistingStacks(aws.stacks, environment)
      if (existingStacks.length === 0) throw await noSuchEnvironment(context)
      for (const {stack} of existingStacks)
        if (!isOurs(stack, environment)) throw notOurs(stack.name, environment)
      // A failure's document says which layout stands, too.
      context.existingStacks = existingStacks
      const stoppable = existingStacks.filter(({stack}) => isStoppable(stack.status))
      if (stoppable.length === 0) throw await nothingToCancel(context, existingStacks)
      for (const {stack} of stoppable) {
        if (isCreation(stack.status)) refuseProtected(stack, context, context.commandLine('cancel'))
        tell({kind: 'note', text: `Stack ${stack.name} is in ${stack.status}`})
      }
      context.existingStacks = stoppable
    },
  }
}

function isStoppable(status: string): boolean {
  return isCreation(status) || actionsFor(status).cancel === 'cancel-update'
}

/** A creation is stopped by deleting the stack: CloudFormation has no other way. */
export function isCreation(status: string): boolean {
  return actionsFor(status).cancel === 'delete'
}

async function nothingToCancel(
  context: CancelContext,
  existingStacks: readonly ExistingStack[],
): Promise<McpgwError> {
  const {environment, commandLine} = context
  const busy =
    existingStacks.find(({stack}) => actionsFor(stack.status).cancel === 'refuse') ??
    (await nestedOf(context, existingStacks)).find(isBusy)
  if (busy === undefined) {
    const states = existingStacks.map(({stack}) => `${stack.name} is in ${stack.status}`).join(', ')
    return refused(
      'NOTHING_RUNS',
      `Environment ${environment} has no operation that can be cancelled: ${states}.`,
      `\`${commandLine('verify')}\` tells whether it is healthy; \`${commandLine('teardown')}\` removes it.`,
    )
  }
  return refused(
    'CANNOT_BE_CANCELLED',
    `Stack ${busy.stack.name} is in ${busy.stack.status}: CloudFormation cannot cancel that${'key' in busy ? ', because only an operation of the root stack can be cancelled' : ''}.`,
    `Run \`${commandLine('watch')}\` to follow it to its end.`,
  )
}
