import type {Resolver, Template, Value} from '../../template/index.js'
import type {StackContext} from '../account/stack-context.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {exportsIn} from './exports.js'
import {templateOf} from './parsed-template.js'
import {resolverOf} from './resolver.js'

/**
 * Notes every export that a stack reads, before it makes its first resource: CloudFormation needs no resource to know
 * their names.
 * @throws ResourceFailure for an export that does not exist.
 */
export function readImports(context: StackContext): void {
  const exports = exportsIn(context.region)
  const names = importedNames(templateOf(context.stack.template), resolverOf(context))
  const missing = names.find(name => !exports.has(name))
  if (missing !== undefined) throw new ResourceFailure(`No export named ${missing} found`)
  context.stack.imports = names
}

function importedNames(template: Template, resolver: Resolver): string[] {
  const found = new Set<string>()
  for (const logicalId of resolver.activeResources()) visit(template.resources[logicalId]?.properties ?? null)
  for (const name of resolver.activeOutputs()) visit(template.outputs[name]?.value ?? null)
  return [...found]

  function visit(value: Value): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item)
      return
    }
    if (!value || typeof value !== 'object') return
    for (const [key, member] of Object.entries(value)) {
      if (key === 'Fn::ImportValue') found.add(String(resolver.value(member)))
      else if (key === 'Fn::If' && Array.isArray(member)) {
        visit(member[resolver.condition(String(member[0])) ? 1 : 2] ?? null)
      } else visit(member)
    }
  }
}
