import {stackSeconds} from '../../durations.js'
import {tellStack} from './events.js'
import {beginOperation} from './operation.js'
import {templateOf} from './parsed-template.js'
import type {StackChange, StackOperation, StackSnapshot} from './stack.js'
import {nudge, type Scene} from './stack-context.js'

/** How an operation that makes rows begins. */
export interface Start {
  token?: string
  disableRollback?: boolean
  disableValidation?: boolean
  retainExceptOnCreate?: boolean
  /** The parent runs it. */
  ofParent?: boolean
}

/** Begins to create what a stack was registered with. */
export function startCreation(scene: Scene, start: Start): StackOperation {
  const {world, region, stack} = scene
  const operation = started(scene, 'CREATE_STACK', start)
  tellStack(scene, 'CREATE_IN_PROGRESS', 'User Initiated')
  if (stack.timeoutMinutes !== undefined) {
    world.schedule('stack.timeout', stack.timeoutMinutes * 60, region.name, {
      stackId: stack.id,
      operationId: operation.id,
    })
  }
  return operation
}

/** Begins to bring a stack to `change`. `before` is the way back; without it a failure undoes the whole stack. */
export function startUpdate(
  scene: Scene,
  change: StackChange,
  before: StackSnapshot | undefined,
  start: Start,
): StackOperation {
  const {stack, world} = scene
  Object.assign(stack, change, {description: templateOf(change.template).description, updatedAt: world.now})
  const operation = started(scene, 'UPDATE_STACK', start)
  operation.before = before
  operation.disableRollback = start.disableRollback
  tellStack(scene, 'UPDATE_IN_PROGRESS', 'User Initiated')
  return operation
}

function started(scene: Scene, type: 'CREATE_STACK' | 'UPDATE_STACK', start: Start): StackOperation {
  const {stack} = scene
  stack.clientRequestToken = start.token
  stack.retainExceptOnCreate = start.retainExceptOnCreate || undefined
  delete stack.detailedStatus
  const operation = beginOperation(scene, type, 'making', start.ofParent ? undefined : start.token)
  operation.ofParent = start.ofParent || undefined
  operation.unvalidated = start.disableValidation || undefined
  operation.unchecked = start.disableValidation ? 'imports' : 'all'
  nudge(scene, stackSeconds.firstRow)
  return operation
}
