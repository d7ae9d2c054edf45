import {isMap as isMapNode, isScalar, parseDocument, type YAMLMap} from 'yaml'
import {parseTemplate} from './parse.js'
import {referencesIn} from './references.js'
import {yamlTags} from './source/tags.js'

/**
 * The text of a template without some of its resources, and without the outputs that speak of them. What else speaks
 * of them has to be among them.
 * @throws {TemplateError} when the text is no template
 */
export function withoutResources(text: string, names: readonly string[]): string {
  const {outputs} = parseTemplate(text)
  const speaksOfThem = Object.keys(outputs).filter(key =>
    referencesIn(outputs[key]?.value ?? null).some(({name}) => names.includes(name)),
  )
  // The schema without types: what is unquoted stays so, and CloudFormation reads it as before.
  const document = parseDocument(text, {
    schema: 'failsafe',
    customTags: yamlTags,
    uniqueKeys: false,
    logLevel: 'silent',
  })
  remove(document.get('Resources'), names)
  remove(document.get('Outputs'), speaksOfThem)
  const left = document.get('Outputs')
  if (isMapNode(left) && left.items.length === 0) document.delete('Outputs')
  return document.toString({lineWidth: 0})
}

function remove(section: unknown, names: readonly string[]): void {
  if (!isMapNode(section)) return
  const map: YAMLMap = section
  map.items = map.items.filter(({key}) => !(isScalar(key) && names.includes(String(key.value))))
}
