import {stackSeconds} from '../../durations.js'
import type {StackContext} from '../account/stack-context.js'
import {emitStackEvent} from './events.js'
import {exportInUse} from './exports.js'
import {beginOperation} from './operation.js'
import {resourcesToDelete, toBeginAgain} from './pending-deletes.js'
import {scheduleStackStep} from './stack-context.js'

/** What a deletion leaves behind, beyond what the template retains. */
export interface DeletionOptions {
  token?: string
  /** Logical ids. */
  retain?: string[]
  /** Whatever cannot be deleted, in nested stacks too. */
  force?: boolean
  /** What is deleted was made by the operation that is undone. */
  undoesCreation?: boolean
}

/**
 * How long CloudFormation looks before it calls a deletion off. Source: a public log of such a deletion, which went back
 * to CREATE_COMPLETE after 22 s.
 */
const calledOffSeconds = 20

/** Begins to delete a stack, whatever it was doing. */
export function beginDeletion(context: StackContext, options: DeletionOptions = {}): void {
  const {status, deletedAt} = context.stack
  const operation = beginOperation(context, 'DELETE_STACK', 'deleting', options.token)
  operation.retain = options.retain
  operation.force = options.force
  operation.undoesCreation = options.undoesCreation
  context.stack.deletedAt = context.world.now
  emitStackEvent(context, 'DELETE_IN_PROGRESS', 'User Initiated')
  const inUse = exportInUse(context.region, context.stack)
  if (inUse !== undefined) {
    operation.calledOff = {status, deletedAt, reason: inUse}
    return scheduleStackStep(context, calledOffSeconds)
  }
  operation.again = toBeginAgain(resourcesToDelete(context.stack))
  scheduleStackStep(context, stackSeconds.firstDeletion)
}
