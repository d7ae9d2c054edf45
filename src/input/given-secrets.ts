import type {GivenParameters} from './given-parameter.js'
import {templatesChosen} from './template-folder.js'

/**
 * The values that must never be shown: those of the parameters that a template has with NoEcho.
 * @throws exit code 2 when the templates cannot be read: hiding less than was asked for would not be noticed
 */
export function secretsAmong(given: GivenParameters, cfn?: string): readonly string[] {
  if (given.size === 0) return []
  const templates = [...templatesChosen(cfn).files.values()]
  const isSecret = (name: string) =>
    templates.some(({template}) => template.parameters[name]?.noEcho === true)
  return Array.from(given.values(), ({name, value}) => (isSecret(name) ? value : '')).filter(Boolean)
}
