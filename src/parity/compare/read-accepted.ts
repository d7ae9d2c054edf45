import {isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap} from 'yaml'
import {invalidInput, messageOf} from '../../errors.js'
import type {Json} from '../json.js'
import {type AddressPattern, parsePattern} from '../plan/address.js'
import type {Accepted, AcceptedDifferences, OnlyHereAccepted} from './accepted.js'

/**
 * Reads a list of accepted differences: its form is in the head of parity/accepted.yaml.
 * @param file how messages name it
 * @throws {McpgwError} ACCEPTED_INVALID with file and line
 */
export function readAccepted(text: string, file: string): AcceptedDifferences {
  return new Reader(file, text).read()
}

class Reader {
  readonly #file: string
  readonly #text: string
  readonly #lines = new LineCounter()

  constructor(file: string, text: string) {
    this.#file = file
    this.#text = text
  }

  read(): AcceptedDifferences {
    const document = parseDocument(this.#text, {lineCounter: this.#lines, prettyErrors: false})
    const [error] = document.errors
    if (error !== undefined) throw this.#wrong(this.#lines.linePos(error.pos[0]).line, error.message)
    const {contents} = document
    if (!isMap(contents)) throw this.#wrong(1, 'it is no map with "accepted" and "onlyHere"')
    this.#onlyKnown(contents, ['accepted', 'onlyHere'])
    return {
      differences: this.#entries(contents, 'accepted').map(entry => this.#difference(entry)),
      onlyHere: this.#entries(contents, 'onlyHere').map(entry => this.#onlyHere(entry)),
    }
  }

  #entries(contents: YAMLMap, name: string): YAMLMap[] {
    const list = contents.get(name, true) as Node | undefined
    if (list === undefined) return []
    if (!isSeq(list)) throw this.#wrong(this.#lineOf(list), `"${name}" is no list`)
    return list.items.map(item => {
      if (!isMap(item)) throw this.#wrong(this.#lineOf(item), 'an entry is no map')
      return item
    })
  }

  #difference(entry: YAMLMap): Accepted {
    this.#onlyKnown(entry, ['resources', 'attribute', 'property', 'terraform', 'here', 'reason'])
    const {resources, attribute, property, terraform, here}: Record<string, Json | undefined> = entry.toJSON()
    const line = this.#lineOf(entry)
    const names = Array.isArray(resources) ? resources : [resources]
    if (names.length === 0 || !names.every(name => typeof name === 'string')) {
      throw this.#wrong(line, '"resources" names no address and no resource of the templates')
    }
    if (typeof attribute !== 'string' && attribute !== null) {
      throw this.#wrong(line, '"attribute" is neither a path nor null')
    }
    if (property !== undefined && typeof property !== 'string')
      throw this.#wrong(line, '"property" is no path')
    return {
      resources: names.map(name => this.#resource(name, line)),
      names,
      attribute,
      property,
      terraform,
      here,
      reason: this.#reason(entry),
      line,
    }
  }

  #onlyHere(entry: YAMLMap): OnlyHereAccepted {
    this.#onlyKnown(entry, ['resource', 'reason'])
    const name: unknown = entry.get('resource')
    const line = this.#lineOf(entry)
    const resource = typeof name === 'string' ? logical(name) : undefined
    if (resource === undefined)
      throw this.#wrong(line, '"resource" is no resource; one is written network.Vpc')
    return {resource, name: String(name), reason: this.#reason(entry), line}
  }

  #resource(name: string, line: number): AddressPattern | RegExp {
    try {
      return logical(name) ?? parsePattern(name)
    } catch (error) {
      throw this.#wrong(line, messageOf(error))
    }
  }

  #reason(entry: YAMLMap): string {
    const reason: unknown = entry.get('reason')
    if (typeof reason === 'string' && reason.trim() !== '') return reason.trim()
    throw this.#wrong(this.#lineOf(entry), 'it says no reason')
  }

  #onlyKnown(map: YAMLMap, names: readonly string[]): void {
    for (const {key} of map.items) {
      const name = isScalar(key) ? String(key.value) : ''
      if (!names.includes(name))
        throw this.#wrong(this.#lineOf(key), `"${name}" is none of ${names.join(', ')}`)
    }
  }

  #lineOf(node: unknown): number {
    const [start = 0] = (node as Node).range ?? []
    return this.#lines.linePos(start).line
  }

  #wrong(line: number, what: string) {
    return invalidInput(
      'ACCEPTED_INVALID',
      `${this.#file}, line ${line}: ${what}.`,
      'Correct the line; the head of parity/accepted.yaml says how entries are written.',
    )
  }
}

/** `network.Vpc`, in which `*` of the logical id is any text. */
function logical(name: string): RegExp | undefined {
  if (!/^(?:main|network|data|compute|services)\.[A-Za-z0-9*]+$/.test(name)) return undefined
  return new RegExp(`^${name.replace('.', '\\.').replaceAll('*', '[A-Za-z0-9]*')}$`)
}
