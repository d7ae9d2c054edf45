import {isDeepStrictEqual} from 'node:util'
import type {StackChange} from '../account/change-set.js'
import type {Stack, StackOutput} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {childChange} from './child-change.js'
import {templateOf} from './parsed-template.js'
import {planOf} from './plan.js'
import {resolverOf} from './resolver.js'
import {isRetriable} from './rollback-target.js'
import {childOf, nestedStackType} from './stack-context.js'

/** Whether two resolved values are the same to CloudFormation, which compares them as text. */
export function sameValue(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(asText(left), asText(right))
}

/**
 * Whether an update to `after` would touch anything in the tree below a stack.
 * Source: CloudFormation user guide, "Nested stacks": a root update reads every nested template again.
 */
export function changesAnything(context: StackContext, after: StackChange): boolean {
  const {stack} = context
  // What an update left to delete waits for the next one that succeeds.
  if (isRetriable(stack) || stack.pendingDeletes || !isDeepStrictEqual(stack.tags, after.tags)) return true
  const imagined: StackContext = {
    ...context,
    stack: {...stack, ...after, imports: [...stack.imports], operation: undefined},
  }
  const {active, template} = planOf(imagined)
  const present = Object.values(stack.resources).filter(
    stackResource => stackResource.status !== 'DELETE_COMPLETE',
  )
  if (present.some(({status}) => status.endsWith('_FAILED'))) return true
  if (active.length !== present.length) return true
  const resolver = resolverOf(imagined)
  for (const logicalId of active) {
    const stackResource = stack.resources[logicalId]
    if (
      !stackResource ||
      stackResource.status === 'DELETE_COMPLETE' ||
      stackResource.type !== template.resources[logicalId]?.type
    )
      return true
    const properties = resolver.properties(logicalId)
    if (!sameValue(stackResource.properties, properties)) return true
    if (stackResource.type === nestedStackType) {
      const child = childOf(context, stackResource.physicalId)
      if (!child || childMayChange(child, imagined, properties)) return true
    }
  }
  return !sameOutputs(stack, imagined)
}

/** Whether a stack's outputs would stay as they are. As JSON: a stack that was read from a file has no undefined. */
export function sameOutputs(stack: Stack, imagined: StackContext): boolean {
  return JSON.stringify(outputsOf(imagined)) === JSON.stringify(stack.outputs)
}

/** What is wrong with a nested stack shows when its turn comes: a sibling may export what it misses now. */
function childMayChange(
  child: StackContext,
  parent: StackContext,
  properties: Record<string, unknown>,
): boolean {
  try {
    return changesAnything(child, childChange(parent, properties))
  } catch {
    return true
  }
}

/** The stack's outputs as its template has them now. @throws what the resolver throws. */
export function outputsOf(context: StackContext): StackOutput[] {
  const resolver = resolverOf(context)
  const {outputs} = templateOf(context.stack.template)
  return Object.keys(outputs).flatMap(key => {
    const output = resolver.output(key)
    if (!output) return []
    return [
      {
        key,
        value: String(output.value),
        description: outputs[key]?.description,
        exportName: output.exportName,
      },
    ]
  })
}

function asText(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map(asText)
  if (!value || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asText(member)]))
}
