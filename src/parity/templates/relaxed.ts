import type {Template} from '../../template/index.js'
import {everyLabel, type TemplateSet} from './template-set.js'

/**
 * The templates without the constraints of some parameters: a plan may have a value that they refuse, and that makes no
 * difference to what the resources are.
 */
export function relaxed(templates: TemplateSet, parameters: readonly string[]): TemplateSet {
  if (parameters.length === 0) return templates
  return everyLabel(label => withoutConstraints(templates[label], parameters))
}

function withoutConstraints(template: Template, names: readonly string[]): Template {
  const free = Object.entries(template.parameters)
    .filter(([name]) => names.includes(name))
    .map(([name, {type, default: value, noEcho, line}]) => [name, {type, default: value, noEcho, line}])
  return {...template, parameters: {...template.parameters, ...Object.fromEntries(free)}}
}
