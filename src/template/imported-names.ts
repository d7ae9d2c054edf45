import type {PseudoParameters} from './evaluation.js'
import {createResolver} from './resolver.js'
import type {Template} from './template.js'

/**
 * Names of the exports that a stack of this template imports, in resources and outputs whose condition holds.
 * @param given of a stack that exists: its values are not checked again, and those that CloudFormation hides stay hidden
 * @throws {TemplateError} when an expression in it cannot be evaluated
 */
export function importedNames(
  template: Template,
  given: Readonly<Record<string, string>>,
  pseudo: PseudoParameters,
): ReadonlySet<string> {
  const names = new Set<string>()
  const resolver = createResolver({
    template,
    parameters: valuesOf(template, given),
    pseudo,
    lookups: {
      ref: logicalId => logicalId,
      getAtt: (logicalId, attribute) => `${logicalId}.${attribute}`,
      importValue(name) {
        names.add(name)
        return name
      },
      availabilityZones: region => ['a', 'b', 'c'].map(letter => region + letter),
    },
  })
  for (const logicalId of resolver.activeResources()) resolver.properties(logicalId)
  for (const name of resolver.activeOutputs()) resolver.output(name)
  return names
}

function valuesOf({parameters}: Template, given: Readonly<Record<string, string>>): Record<string, string> {
  const values = Object.entries(parameters).map(([name, declared]) => [
    name,
    given[name] ?? declared.default ?? '',
  ])
  return Object.fromEntries(values)
}
