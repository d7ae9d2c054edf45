import {
  isAlias,
  isMap as isMapNode,
  isScalar as isScalarNode,
  isSeq,
  type ParsedNode,
  type Scalar,
} from 'yaml'
import type {Value} from '../value.js'
import {type Located, Recorder} from './located.js'
import {plainScalar, type ScalarReading} from './scalar.js'
import {longArgument, shortForms, yamlTags} from './tags.js'
import {YamlTooDeepError, yamlDocument} from './yaml-document.js'

/** What is wrong with the text and at which offset; without a message it is merely not YAML. */
export class YamlSyntaxError extends Error {
  readonly offset: number
  readonly words: string | undefined

  constructor(offset: number, words?: string, cause?: unknown) {
    super(words ?? `not YAML at offset ${offset}`, {cause})
    this.offset = offset
    this.words = words
  }
}

/**
 * Reads YAML as CloudFormation does: short forms become long ones, unquoted scalars follow `plainScalar`,
 * the last of duplicate keys wins, and aliases are refused.
 *
 * The library is given the schema without types and without its check for unique keys, which takes half of
 * its time; typing a scalar from its text is ours anyway.
 * @param scalars `written` takes every scalar for the text that it is: `1.10`, `yes` and `null` as well
 * @throws {YamlSyntaxError}
 */
export function readYaml(text: string, scalars: ScalarReading = 'typed'): Located {
  try {
    return read(text, scalars)
  } catch (error) {
    if (error instanceof YamlTooDeepError) throw new YamlSyntaxError(error.offset, tooDeep, error)
    throw error
  }
}

const tooDeep = 'Template format error: YAML is nested too deeply.'

function read(text: string, scalars: ScalarReading): Located {
  const document = yamlDocument(text, {
    schema: 'failsafe',
    customTags: yamlTags,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const error = document.errors[0]
  if (error !== undefined) throw new YamlSyntaxError(error.pos[0], undefined, error)
  const reader = new YamlReader(scalars)
  return reader.recorder.located(document.contents === null ? null : reader.value(document.contents))
}

class YamlReader {
  readonly recorder = new Recorder()
  readonly #scalars: ScalarReading

  constructor(scalars: ScalarReading) {
    this.#scalars = scalars
  }

  value(node: ParsedNode): Value {
    if (isAlias(node)) {
      throw new YamlSyntaxError(
        node.range[0],
        'Template error: YAML aliases are not allowed in CloudFormation templates',
      )
    }
    const name = node.tag === undefined ? undefined : shortForms.get(node.tag)
    if (name !== undefined) return this.#intrinsic(name, node)
    if (node.tag?.startsWith('!') === true) throw new YamlSyntaxError(node.range[0])
    return this.#untagged(node)
  }

  #untagged(node: ParsedNode): Value {
    if (isScalarNode(node)) return this.#scalars === 'written' ? textOf(node) : scalarOf(node)
    if (isMapNode(node)) return this.#map(node.items)
    return isSeq(node) ? this.#list(node.items as readonly ParsedNode[]) : null
  }

  #intrinsic(name: string, node: ParsedNode): Value {
    const argument = isScalarNode(node) ? textOf(node) : this.#untagged(node)
    const map = this.recorder.map()
    this.recorder.put(map, name, node.range[0], longArgument(name, argument))
    return map
  }

  #map(pairs: readonly {key: unknown; value: unknown}[]): Value {
    const map = this.recorder.map()
    for (const pair of pairs) {
      const keyNode = pair.key as ParsedNode
      const offset = keyNode.range[0]
      if (!isScalarNode(keyNode)) throw new YamlSyntaxError(offset)
      const key = textOf(keyNode)
      const value = pair.value === null ? null : this.value(pair.value as ParsedNode)
      this.recorder.put(map, key, offset, longArgument(key, value))
    }
    return map
  }

  #list(nodes: readonly ParsedNode[]): Value {
    const list = this.recorder.list()
    for (const node of nodes) this.recorder.push(list, node.range[0], this.value(node))
    return list
  }
}

function scalarOf(node: Scalar): Value {
  const isPlain = node.type === 'PLAIN' && node.tag !== 'tag:yaml.org,2002:str'
  return isPlain ? plainScalar(textOf(node)) : textOf(node)
}

function textOf(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : String(node.source ?? '')
}
