import {isDeepStrictEqual} from 'node:util'
import {createResolver, type Resolver, type ResolverInput, referencesIn} from '../../template/index.js'
import type {StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {noEchoParameters} from './parsed-template.js'
import {resolverInput} from './resolver.js'

/** What events show of a value that a NoEcho parameter made, or part of it. */
const hidden = '****'

export type ResourceProperties = Pick<StackResource, 'properties' | 'shown'>

/** A resource's properties as the stack's template and parameters make them now. @throws what the resolver throws. */
export function resourceProperties(context: StackContext, logicalId: string): ResourceProperties {
  const input = resolverInput(context)
  const resolver = createResolver(input)
  const properties = resolver.properties(logicalId)
  return {
    properties,
    shown: shownProperties(context, {...input, conditions: resolver}, logicalId, properties),
  }
}

/**
 * Properties made once more with `****` for the value of every NoEcho parameter, so that it shows nowhere and nothing
 * that only looks like it is taken for it; undefined where that makes no difference. What cannot be made of `****`,
 * such as the key of a mapping, is hidden as a whole.
 * Source: CloudFormation user guide, parameter property NoEcho.
 */
export function shownProperties(
  {stack}: StackContext,
  input: ResolverInput & {readonly conditions: Resolver},
  logicalId: string,
  properties: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const secrets = noEchoParameters(stack.template)
  if (secrets.size === 0) return undefined
  const parameters = {...input.parameters}
  for (const name of secrets) if (parameters[name] !== '') parameters[name] = hidden
  const resolver = createResolver({...input, parameters})
  const expressions = input.template.resources[logicalId]?.properties ?? {}
  const shown = Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const expression = expressions[name] ?? null
      if (!referencesIn(expression).some(reference => secrets.has(reference.name))) return [name, value]
      try {
        return [name, resolver.value(expression, ['Resources', logicalId, 'Properties', name])]
      } catch {
        return [name, hidden]
      }
    }),
  )
  return isDeepStrictEqual(shown, properties) ? undefined : shown
}
