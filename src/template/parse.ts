import {TemplateError} from './error.js'
import {messages} from './messages.js'
import {readConditions, readMappings, readRules} from './sections/others.js'
import {readOutputs} from './sections/outputs.js'
import {defined, readParameters} from './sections/parameters.js'
import {SectionReader} from './sections/reader.js'
import {readResources} from './sections/resources.js'
import {checkStructure} from './sections/structure.js'
import {JsonSyntaxError, readJson} from './source/json.js'
import {LineIndex, type Located, offsetOf} from './source/located.js'
import {preparedReading} from './source/prepare.js'
import {readYaml, YamlSyntaxError} from './source/yaml.js'
import type {Template} from './template.js'
import {isMap, type Path} from './value.js'

/**
 * Reads a template from YAML or JSON (text that starts with `{` is JSON, as for CloudFormation). Short forms
 * of intrinsic functions become long ones. What the parts refer to is left to `validateTemplate`.
 * @param source what the text came from, for messages
 * @throws {TemplateError} in CloudFormation's words: not well-formed, unsupported structure, a missing `Type`,
 *   null values; and for what mcpgw does not do: macros, `Fn::ForEach`, language extensions
 */
export function parseTemplate(text: string, source?: string): Template {
  const key = `${source ?? ''}\n${text}`
  const template = kept.get(key) ?? parse(text, source)
  kept.delete(key)
  kept.set(key, template)
  const [oldest] = kept.keys()
  if (kept.size > keptTemplates && oldest !== undefined) kept.delete(oldest)
  return template
}

/** More than an environment has stacks: what is asked for again is seldom read again. A template takes megabytes. */
const keptTemplates = 10
/** By text and source, the last one that was asked for at the end. Nobody changes a template. */
const kept = new Map<string, Template>()

function parse(text: string, source: string | undefined): Template {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  const lines = new LineIndex(body)
  const located = read(body, lines, source)
  const lineOf = (path: Path) => lines.positionOf(offsetOf(located, path)).line
  if (!isMap(located.value)) throw new TemplateError(messages.unsupportedStructure, {source, line: 1})
  const reader = new SectionReader(located.value, lineOf, source)
  if (!located.isPrepared) checkStructure(reader)
  return {
    ...defined({source, description: reader.text(located.value, 'Description', [])}),
    ...defined({metadata: located.value.Metadata, isChecked: located.isPrepared}),
    parameters: readParameters(reader),
    mappings: readMappings(reader),
    conditions: readConditions(reader),
    rules: readRules(reader),
    resources: readResources(reader),
    outputs: readOutputs(reader),
    duplicateKeys: located.duplicates.map(({key, offset}) => ({key, line: lines.positionOf(offset).line})),
    lineOf,
  }
}

function read(text: string, lines: LineIndex, source: string | undefined): Located {
  try {
    return /^\s*\{/.test(text) ? readJson(text) : (preparedReading(text) ?? readYaml(text))
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      const at = lines.positionOf(error.offset)
      throw new TemplateError(messages.notJson(at.line, at.column), {source, ...at})
    }
    if (error instanceof YamlSyntaxError) {
      const at = lines.positionOf(error.offset)
      throw new TemplateError(error.words ?? messages.notYaml(at.line, at.column), {
        source,
        ...at,
        cause: error.cause,
      })
    }
    throw error
  }
}
