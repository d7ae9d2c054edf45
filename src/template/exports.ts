import {TemplateError} from './error.js'
import {messages} from './messages.js'
import type {Resolver} from './resolver.js'
import type {Template} from './template.js'

/** Names that occur more than once in a list, each once. */
export function repeatedNames(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}

/**
 * Whether the outputs of a template whose conditions hold have export names of their own. Needs parameters only: an
 * export's name cannot depend on resources.
 * @throws TemplateError in CloudFormation's words.
 */
export function checkExportNames(template: Template, resolver: Resolver): void {
  const names = resolver.activeOutputs().flatMap(name => {
    const {exportName} = template.outputs[name] ?? {}
    const value = exportName === undefined ? undefined : resolver.value(exportName)
    return value === undefined ? [] : [String(value)]
  })
  const repeated = repeatedNames(names)
  if (repeated.length > 0)
    throw new TemplateError(messages.duplicateExports(repeated), {source: template.source})
}
