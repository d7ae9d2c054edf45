import {randomUUID} from 'node:crypto'
import {isUpdatable} from '../../aws/stack-status.js'
import {requireContext} from '../context.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import {stackFailure} from '../stacks/failure.js'
import {followStarted} from '../stacks/follow.js'
import {removeStack} from '../stacks/remove.js'
import type {Step, StepTools} from '../step.js'
import {deployLine} from '../verify/remedies.js'
import type {CancelContext} from './context.js'
import {isCreation} from './find-cancellable.js'

/** Stops what runs, the last made first, and follows CloudFormation while it undoes it. */
export function cancelOperations(): Step<CancelContext> {
  return {
    id: 'cancel',
    title: 'Cancel the operations',
    async run(context, tools) {
      // What needs another stack was begun after it, and is gone before it.
      for (const existing of [...requireContext(context.existingStacks, 'what runs')].reverse()) {
        const end = isCreation(existing.stack.status)
          ? await remove(context, existing, tools)
          : await undo(context, existing, tools)
        const {name, status} = existing.stack
        context.cancelled.push({stack: name, from: status, status: end.status})
      }
    },
  }
}

function remove(context: CancelContext, {stack, stackTarget}: ExistingStack, tools: StepTools) {
  const text = `Deleting stack ${stack.name}: CloudFormation stops a creation in no other way`
  tools.tell({kind: 'note', text})
  const resumeCommand = context.commandLine('watch')
  return removeStack(context, {stack, label: stackTarget.label, resumeCommand}, context.record, tools)
}

async function undo(context: CancelContext, {stack, stackTarget, layout}: ExistingStack, tools: StepTools) {
  const {aws, record} = context
  const resumeCommand = context.commandLine('watch')
  const token = `mcpgw-cancel-${randomUUID()}`
  await record.during(tools.signal, () => aws.stacks.cancelUpdate(stack.id, {token}))
  const end = await followStarted(context, {stack, label: stackTarget.label, resumeCommand}, record, tools)
  // It may have come to its end before it could be stopped.
  if (isUpdatable(end.status)) return end
  const hint = `Run \`${deployLine({...context, layout})}\`, which continues the rollback, then updates.`
  throw stackFailure({verb: 'cancel', stack: end, record, hint})
}
