import {tellStack} from './events.js'
import {exportInUse} from './exports.js'
import {beginOperation} from './operation.js'
import {rowsToDelete, toBeginAgain} from './pending-deletes.js'
import {nudge, type Scene} from './stack-context.js'

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
export function beginDeletion(scene: Scene, options: DeletionOptions = {}): void {
  const {status, deletedAt} = scene.stack
  const operation = beginOperation(scene, 'DELETE_STACK', 'deleting', options.token)
  operation.retain = options.retain
  operation.force = options.force
  operation.undoesCreation = options.undoesCreation
  scene.stack.deletedAt = scene.world.now
  tellStack(scene, 'DELETE_IN_PROGRESS', 'User Initiated')
  const inUse = exportInUse(scene.region, scene.stack)
  if (inUse !== undefined) {
    operation.calledOff = {status, deletedAt, reason: inUse}
    return nudge(scene, calledOffSeconds)
  }
  operation.again = toBeginAgain(rowsToDelete(scene.stack))
  nudge(scene, 2)
}
