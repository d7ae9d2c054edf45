import {isDeepStrictEqual} from 'node:util'
import {messageOf} from '../../errors.js'
import {deletionPolicyOf, updateReplacePolicyOf} from '../../template/index.js'
import type {ResourceWork} from '../account/event-data.js'
import type {StackOperation, StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {failByFault} from '../faults/resource-faults.js'
import {schemaOf} from '../resources/resource-schema.js'
import {sameValue} from './changes.js'
import {beginChild, workOnChild} from './child-resources.js'
import {driftOf} from './drift.js'
import {emitResourceEvent} from './events.js'
import {isMade} from './made-resources.js'
import {finishMaking} from './outcomes.js'
import {planOf} from './plan.js'
import {resourceProperties} from './resource-properties.js'
import {resourceKey} from './rollback.js'
import {nestedStackType, operationOf} from './stack-context.js'
import {beginCreate, beginUpdate, failResource, workOn} from './stack-resources.js'

/**
 * Begins every resource whose needs are met; ends the phase when nothing is left to do. Resources that an update does
 * not touch are done at once and without an event.
 */
export function makeResources(context: StackContext): void {
  const operation = operationOf(context.stack)
  if (operation.failures.length > 0 || operation.stopped !== undefined) return
  const {active, needs} = planOf(context)
  const progress = progressOf(operation, active)
  for (let progressed = true; progressed; ) {
    progressed = false
    const {waiting} = progress
    progress.waiting = []
    for (const [index, logicalId] of waiting.entries()) {
      const resourceNeeds = needs.get(logicalId) ?? []
      if (!resourceNeeds.every(need => progress.done.has(need))) {
        progress.waiting.push(logicalId)
        continue
      }
      try {
        if (beginResource(context, logicalId, resourceNeeds)) continue
      } catch (error) {
        progress.waiting.push(...waiting.slice(index + 1))
        return failResource(context, logicalId, messageOf(error))
      }
      operation.done.push(logicalId)
      progress.done.add(logicalId)
      progressed = true
    }
  }
  if (operation.done.length === active.length) return finishMaking(context)
  // A circle that only these parameters close is not found when the template arrives.
  const [stuck] = progress.waiting
  if (operation.running.length === 0 && stuck !== undefined) {
    failResource(context, stuck, `Circular dependency between resources: [${progress.waiting.join(', ')}]`)
  }
}

/** What an operation's lists say, in a form that does not have to be gone through at every step. */
interface Progress {
  readonly done: Set<string>
  /** How many of the operation's done resources `done` has. */
  counted: number
  /** Not begun yet, in the order of the template. */
  waiting: string[]
}

const progresses = new WeakMap<StackOperation, Progress>()

function progressOf(operation: StackOperation, active: readonly string[]): Progress {
  let progress = progresses.get(operation)
  if (!progress) {
    const begun = new Set([...operation.done, ...operation.running])
    progress = {done: new Set(), counted: 0, waiting: active.filter(logicalId => !begun.has(logicalId))}
    progresses.set(operation, progress)
  }
  for (; progress.counted < operation.done.length; progress.counted += 1) {
    progress.done.add(operation.done[progress.counted] as string)
  }
  return progress
}

/** Does the part of a resource's work that is due, and fails the resource when that throws. */
export function workOnResource(context: StackContext, logicalId: string, work: ResourceWork): void {
  const stackResource = context.stack.resources[logicalId]
  if (!stackResource || !operationOf(context.stack).running.includes(logicalId)) return
  try {
    failByFault(context, stackResource, work)
    if (stackResource.type === nestedStackType) workOnChild(context, stackResource, work)
    else workOn(context, stackResource, work)
  } catch (error) {
    failResource(context, logicalId, messageOf(error))
  }
}

/** True when there is something to do for the resource. @throws whatever evaluating its properties throws. */
function beginResource(context: StackContext, logicalId: string, needs: readonly string[]): boolean {
  const {stack} = context
  const declaration = planOf(context).template.resources[logicalId]
  if (!declaration) throw new Error(`${logicalId} is not in the template of ${stack.name}`)
  const policy = {
    deletionPolicy: deletionPolicyOf(declaration),
    updateReplacePolicy: updateReplacePolicyOf(declaration),
    needs: [...needs],
  }
  const present = stack.resources[logicalId]
  const drift =
    operationOf(stack).revertsDrift && isMade(context, present) ? driftOf(context, present) : undefined
  if (!isMade(context, present) || drift?.status === 'DELETED') {
    if (present) discard(context, present)
    const stackResource: StackResource = {
      logicalId,
      type: declaration.type,
      physicalId: '',
      status: '',
      updatedAt: context.world.now,
      properties: {},
      ...policy,
    }
    stack.resources[logicalId] = stackResource
    beginCreate(context, stackResource)
    return true
  }
  Object.assign(present, policy)
  const resolved = resourceProperties(context, logicalId)
  if (operationOf(stack).skip?.includes(resourceKey(context, logicalId))) {
    Object.assign(present, resolved)
    emitResourceEvent(context, present, 'UPDATE_COMPLETE')
    return false
  }
  if (present.type === nestedStackType) return beginChild(context, present, resolved)
  const isAsItShouldBe =
    present.type === declaration.type &&
    sameValue(present.properties, resolved.properties) &&
    isTagged(context, present) &&
    drift?.status !== 'MODIFIED'
  if (isAsItShouldBe && present.status !== 'UPDATE_FAILED') {
    present.shown = resolved.shown
    return false
  }
  beginUpdate(context, present, {...present, type: declaration.type, ...resolved})
  return true
}

/** What a kept creation left of a resource that failed; it is made anew. */
function discard({world, region}: StackContext, {type, physicalId, status}: StackResource): void {
  if (status !== 'CREATE_FAILED') return
  const resource = world.resource(region, type, physicalId)
  if (resource) world.remove(region, resource)
}

/** Whether a resource carries the stack's present tags; what cannot be tagged always does. */
function isTagged({stack}: StackContext, {type, stackTags}: StackResource): boolean {
  if (stackTags === undefined || schemaOf(type)?.tags === undefined) return true
  return isDeepStrictEqual(stackTags, stack.tags)
}
