import {type McpgwError, refused} from '../../errors.js'
import {isBusy} from '../stacks/nested.js'
import {refuseProtected} from '../stacks/remove.js'
import {findStanding, isOurs, notOurs, type StandingStack} from '../stacks/standing.js'
import {waysOnFrom} from '../stacks/ways-on.js'
import type {Step} from '../step.js'
import {nestedOf, noSuchEnvironment} from '../watch/find-operations.js'
import type {CancelContext} from './context.js'

/** Finds what can be stopped, and refuses what cannot. */
export function findCancellable(): Step<CancelContext> {
  return {
    id: 'find',
    title: 'Find what runs',
    async run(context, {tell}) {
      const {aws, environment} = context
      const standing = await findStanding(aws.stacks, environment)
      if (standing.length === 0) throw noSuchEnvironment(context)
      for (const {stack} of standing) if (!isOurs(stack, environment)) throw notOurs(stack.name, environment)
      const stoppable = standing.filter(({stack}) => isStoppable(stack.status))
      if (stoppable.length === 0) throw await nothingToCancel(context, standing)
      for (const {stack} of stoppable) {
        if (isCreation(stack.status)) refuseProtected(stack, context, context.commandLine('cancel'))
        tell({kind: 'note', text: `Stack ${stack.name} is in ${stack.status}`})
      }
      context.standing = stoppable
    },
  }
}

function isStoppable(status: string): boolean {
  return isCreation(status) || waysOnFrom(status).cancel === 'cancel-update'
}

/** A creation is stopped by deleting the stack: CloudFormation has no other way. */
export function isCreation(status: string): boolean {
  return waysOnFrom(status).cancel === 'delete'
}

async function nothingToCancel(
  context: CancelContext,
  standing: readonly StandingStack[],
): Promise<McpgwError> {
  const {environment, commandLine} = context
  const busy =
    standing.find(({stack}) => waysOnFrom(stack.status).cancel === 'refuse') ??
    (await nestedOf(context, standing)).find(isBusy)
  if (busy === undefined) {
    const states = standing.map(({stack}) => `${stack.name} is in ${stack.status}`).join(', ')
    return refused(
      'NOTHING_RUNS',
      `Nothing runs on environment ${environment} that could be cancelled: ${states}.`,
      `\`${commandLine('teardown')}\` removes the environment.`,
    )
  }
  return refused(
    'CANNOT_BE_CANCELLED',
    `Stack ${busy.stack.name} is in ${busy.stack.status}: CloudFormation lets nobody stop that${'key' in busy ? ', because only what its root does can be cancelled' : ''}.`,
    `Run \`${commandLine('watch')}\` to see its end.`,
  )
}
