import {stackSeconds} from '../../durations.js'
import type {StackChange} from '../account/change-set.js'
import type {DeploymentConfig} from '../account/deployment-config.js'
import type {StackOperation, StackSnapshot} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {emitStackEvent} from './events.js'
import {beginOperation} from './operation.js'
import {templateOf} from './parsed-template.js'
import {scheduleStackStep} from './stack-context.js'

/** How an operation that makes resources begins. */
export interface Start {
  token?: string
  disableRollback?: boolean
  disableValidation?: boolean
  retainExceptOnCreate?: boolean
  deploymentConfig?: DeploymentConfig
  /** The parent runs it. */
  ofParent?: boolean
}

/** Begins to create what a stack was registered with. */
export function startCreation(context: StackContext, start: Start): StackOperation {
  const {world, region, stack} = context
  const operation = started(context, 'CREATE_STACK', start)
  emitStackEvent(context, 'CREATE_IN_PROGRESS', 'User Initiated')
  if (stack.timeoutMinutes !== undefined) {
    world.schedule('stack.timeout', stack.timeoutMinutes * 60, region.name, {
      stackId: stack.id,
      operationId: operation.id,
    })
  }
  return operation
}

/** Begins to bring a stack to `change`. `before` is what a failure rolls back to; without it a failure undoes the whole stack. */
export function startUpdate(
  context: StackContext,
  change: StackChange,
  before: StackSnapshot | undefined,
  start: Start,
): StackOperation {
  const {stack, world} = context
  Object.assign(stack, change, {description: templateOf(change.template).description, updatedAt: world.now})
  const operation = started(context, 'UPDATE_STACK', start)
  operation.before = before
  operation.disableRollback = start.disableRollback
  emitStackEvent(context, 'UPDATE_IN_PROGRESS', 'User Initiated')
  return operation
}

function started(context: StackContext, type: 'CREATE_STACK' | 'UPDATE_STACK', start: Start): StackOperation {
  const {stack} = context
  stack.clientRequestToken = start.token
  stack.retainExceptOnCreate = start.retainExceptOnCreate || undefined
  stack.deploymentConfig = start.deploymentConfig
  delete stack.detailedStatus
  const operation = beginOperation(context, type, 'making', start.ofParent ? undefined : start.token)
  operation.ofParent = start.ofParent || undefined
  operation.unvalidated = start.disableValidation || undefined
  operation.unchecked = start.disableValidation ? 'imports' : 'all'
  scheduleStackStep(context, stackSeconds.firstResource)
  return operation
}
