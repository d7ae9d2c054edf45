import {randomUUID} from 'node:crypto'
import {isUpdatable} from '../../aws/stack-status.js'
import {known} from '../context.js'
import {stackFailure} from '../stacks/failure.js'
import {followStarted} from '../stacks/follow.js'
import {removeStack} from '../stacks/remove.js'
import type {StandingStack} from '../stacks/standing.js'
import type {Step, StepTools} from '../step.js'
import {deployLine} from '../verify/remedies.js'
import type {CancelContext} from './context.js'
import {isCreation} from './find-cancellable.js'

/** Stops what runs, the last made first, and follows CloudFormation while it undoes it. */
export function cancelOperations(): Step<CancelContext> {
  return {
    id: 'cancel',
    title: 'Cancel what runs',
    async run(context, tools) {
      // What needs another stack was begun after it, and is gone before it.
      for (const standing of [...known(context.standing, 'what runs')].reverse()) {
        const end = isCreation(standing.stack.status)
          ? await remove(context, standing, tools)
          : await undo(context, standing, tools)
        const {name, status} = standing.stack
        context.cancelled.push({stack: name, from: status, status: end.status})
      }
    },
  }
}

function remove(context: CancelContext, {stack, unit}: StandingStack, tools: StepTools) {
  const text = `Deleting stack ${stack.name}: CloudFormation stops a creation in no other way`
  tools.tell({kind: 'note', text})
  const goOn = context.commandLine('watch')
  return removeStack(context, {stack, label: unit.label, goOn}, context.record, tools)
}

async function undo(context: CancelContext, {stack, unit, layout}: StandingStack, tools: StepTools) {
  const {aws, record} = context
  const goOn = context.commandLine('watch')
  const token = `mcpgw-cancel-${randomUUID()}`
  await record.during(tools.signal, () => aws.stacks.cancelUpdate(stack.id, {token}))
  const end = await followStarted(context, {stack, label: unit.label, goOn}, record, tools)
  // It may have come to its end before it could be stopped.
  if (isUpdatable(end.status)) return end
  const hint = `Run \`${deployLine({...context, layout})}\`, which continues the rollback, then updates.`
  throw stackFailure({verb: 'cancel', stack: end, record, hint})
}
