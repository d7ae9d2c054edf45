import type {Region, Resource} from '../account/account.js'
import type {StackContext} from '../account/stack-context.js'
import type {World} from '../account/world.js'
import {handlerFailure, ResourceFailure} from '../resources/resource-provider.js'
import {fitsResource} from './places.js'
import {activeFault, triggerFault} from './schedule.js'

/** The resource of a stack that something is done with. */
interface FaultedResource {
  logicalId: string
  type: string
}

/** What is done with a resource. */
type Doing = 'create' | 'update' | 'delete'

/** What a resource handler says when it does not say more. Source: CloudFormation, handler error codes. */
const unexplained = {message: 'Internal Failure', code: 'InternalFailure'}

/** Why a fault lets a resource fail now, in AWS's words; undefined when none does. */
export function resourceFailure(
  context: StackContext,
  stackResource: FaultedResource,
  doing: Doing,
  when: 'begin' | 'end',
): string | undefined {
  const fault = triggerFault(
    context.world,
    `fail-${doing}`,
    occasionOf(context, stackResource),
    ({where, options}) => {
      const wanted = ('when' in options ? options.when : undefined) ?? 'begin'
      return wanted === when && fitsResource(where, placeOf(context, stackResource))
    },
  )
  if (!fault) return undefined
  const {message = fault.options.code ?? unexplained.message, code} = fault.options
  if (code === undefined && fault.options.message !== undefined) return message
  return handlerFailure(context.world, message, code ?? unexplained.code).message
}

/** Whether a fault lets the deletion of a resource come to nothing that no stack waits for. */
export function endsInVain(world: World, region: Region, {owner, type}: Resource): boolean {
  const stack = owner && region.stacks[owner.stackId]
  if (!owner || !stack) return false
  const stackResource = {logicalId: owner.logicalId, type}
  const context = {world, region, stack}
  const fault = triggerFault(world, 'fail-removal', occasionOf(context, stackResource), ({where}) =>
    fitsResource(where, placeOf(context, stackResource)),
  )
  return fault !== undefined
}

/** Fails a resource where a fault wants it. @throws ResourceFailure */
export function failByFault(
  context: StackContext,
  stackResource: FaultedResource & {status: string},
  work: 'create' | 'apply' | 'settle',
): void {
  const doing = stackResource.status.startsWith('CREATE') || work === 'create' ? 'create' : 'update'
  const reason = resourceFailure(context, stackResource, doing, work === 'settle' ? 'end' : 'begin')
  if (reason !== undefined) throw new ResourceFailure(reason)
}

/** How many times as long as typical something takes with a resource. */
export function slowness(context: StackContext, logicalId: string, doing: string): number {
  const type = context.stack.resources[logicalId]?.type ?? ''
  const fault = activeFault(
    context.world,
    'slow',
    context.region.name,
    ({where, options}) =>
      (options.operation ?? doing) === doing && fitsResource(where, placeOf(context, {logicalId, type})),
  )
  return fault?.options.factor ?? 1
}

function occasionOf({stack, region}: StackContext, {logicalId}: FaultedResource) {
  return {key: `${stack.parentLogicalId ?? stack.name}/${logicalId}`, region: region.name}
}

function placeOf({stack}: StackContext, {logicalId, type}: FaultedResource) {
  return {logicalId, type, stacks: [stack.name, ...(stack.parentLogicalId ? [stack.parentLogicalId] : [])]}
}
