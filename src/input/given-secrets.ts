import {templatesFolder} from '../environment/templates.js'
import type {GivenParameters} from './given-parameter.js'
import {readTemplateFolder} from './template-folder.js'

/**
 * The values that must never be shown: those of the parameters that a template has with NoEcho.
 * @throws exit code 2 when the templates cannot be read: hiding less than was asked for would not be noticed
 */
export function secretsAmong(given: GivenParameters): readonly string[] {
  if (given.size === 0) return []
  const templates = [...readTemplateFolder(templatesFolder()).files.values()]
  const isSecret = (name: string) =>
    templates.some(({template}) => template.parameters[name]?.noEcho === true)
  return Array.from(given.values(), ({name, value}) => (isSecret(name) ? value : '')).filter(Boolean)
}
