import type {StackDescription} from '../../aws/stack-data.js'
import {isCalledOff, isDeleting} from '../../aws/stack-status.js'
import {operationStartedAt} from '../../aws/stacks.js'
import {type McpgwError, refused} from '../../errors.js'
import {listed} from '../listed.js'
import {calledOffWords} from '../stacks/called-off.js'
import {decideNested, stateWords} from '../stacks/decide-nested.js'
import {follow} from '../stacks/follow.js'
import {type ExistingNested, type NestedStack, nestedStacks} from '../stacks/nested.js'
import {refuseProtected, removeStack} from '../stacks/remove.js'
import type {StepTools} from '../step.js'
import type {DeployContext} from './context.js'

/**
 * Brings the nested stacks of a root that is at rest to where an update of the root can begin: what somebody does to
 * one of them is followed to its end, with a note, and one that failed and holds nothing is removed.
 * @returns the nested stacks that are gone although the root has resources of them: an update that keeps these resources fails
 *   (`is in DELETE_COMPLETE state and can not be updated`)
 * @throws exit code 3 when continuing would lose more than is lost already
 */
export async function settleNested(
  context: DeployContext,
  root: StackDescription,
  tools: StepTools,
): Promise<readonly NestedStack[]> {
  for (;;) {
    const decision = decideNested(await nestedStacks(context.aws.stacks, root.id))
    switch (decision.action) {
      case 'none':
        return []
      case 'refuse':
        throw needsAttention(context, decision)
      case 'await':
        for (const busy of decision.busy) await followNested(context, busy, tools)
        break
      case 'remake':
        if (decision.remove.length === 0) return decision.gone.filter(({id}) => id !== '')
        refuseProtected(root, context, context.commandLine('deploy'))
        for (const failed of decision.remove) await removeNested(context, failed, tools)
        break
    }
  }
}

/** The refusal that every command of deploy gives before and while it works. */
export function needsAttention(
  {commandLine}: Pick<DeployContext, 'commandLine'>,
  {nested, lost}: {nested: NestedStack; lost: string},
): McpgwError {
  return refused(
    'STACK_NEEDS_ATTENTION',
    `Nested stack ${nested.name} ${stateWords(nested)}. Nothing brings it back without the stacks beside it.`,
    `Run \`${commandLine('deploy')} --replace\` to start over: ${lost}.`,
  )
}

/** What deploy is about to do about nested stacks that are gone, for people. */
export function goneWords(gone: readonly NestedStack[], root: string): string {
  const names = listed(gone.map(({name}) => name))
  const [are, them, resources] =
    gone.length === 1 ? ['is', 'it', 'its resource'] : ['are', 'them', 'their resources']
  return `${names} ${are} gone: stack ${root} gives up ${resources} first, then creates ${them} again`
}

async function followNested(context: DeployContext, nested: ExistingNested, tools: StepTools): Promise<void> {
  const {id, key, name, status, stack} = nested
  tools.tell({kind: 'note', text: `Nested stack ${name} is in ${status}: following that operation`})
  const operation = {
    id,
    label: key,
    since: operationStartedAt(stack),
    resumeCommand: context.commandLine('deploy'),
  }
  const end = await follow(context, {...operation, isLast: false}, context.record, tools)
  if (isDeleting(status) && isCalledOff(end.status)) tools.tell({kind: 'note', text: calledOffWords(end)})
}

async function removeNested(context: DeployContext, nested: ExistingNested, tools: StepTools): Promise<void> {
  const {name, status, stack, key} = nested
  const text = `Deleting nested stack ${name} first: it is in ${status}, accepts nothing else, and holds no data`
  tools.tell({kind: 'note', text})
  const resumeCommand = context.commandLine('deploy')
  await removeStack(context, {stack, label: key, resumeCommand, isLast: false}, context.record, tools)
}
