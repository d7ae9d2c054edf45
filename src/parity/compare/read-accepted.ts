import {isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap} from 'yaml'
import {invalidInput, messageOf} from '../../errors.js'
import type {Json} from '../json.js'
import {type AddressPattern, parsePattern} from '../plan/address.js'
import type {Accepted, AcceptedDifferences, OnlyHereAccepted, When} from './accepted.js'

/**
 * Reads a list of accepted differences: its form is in the head of parity/accepted.yaml.
 * @param file how messages name it
 * @throws {McpgwError} ACCEPTED_INVALID with file and line
 */
export function readAccepted(text: string, file: string): AcceptedDifferences {
  return new Reader(file, text).read()
}

type Case = Pick<Accepted, 'resources' | 'names' | 'terraform' | 'here' | 'line'>

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
      differences: this.#entries(contents, 'accepted').flatMap(entry => this.#differences(entry)),
      onlyHere: this.#entries(contents, 'onlyHere').flatMap(entry => this.#onlyHere(entry)),
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

  #differences(entry: YAMLMap): Accepted[] {
    const known = [
      'resources',
      'attribute',
      'property',
      'terraform',
      'here',
      'cases',
      'when',
      'sometimes',
      'reason',
    ]
    this.#onlyKnown(entry, known)
    const {resources, attribute, property, terraform, here}: Record<string, Json | undefined> = entry.toJSON()
    const line = this.#lineOf(entry)
    if (typeof attribute !== 'string' && attribute !== null)
      throw this.#wrong(line, '"attribute" is neither a path nor null')
    if (property !== undefined && property !== null && typeof property !== 'string')
      throw this.#wrong(line, '"property" is neither a path nor null')
    const sometimes: unknown = entry.get('sometimes')
    if (sometimes !== undefined && typeof sometimes !== 'boolean')
      throw this.#wrong(line, '"sometimes" is neither true nor false')
    const shared = {
      attribute,
      property,
      when: this.#when(entry),
      isSometimes: sometimes === true,
      reason: this.#reason(entry),
    }
    const cases = entry.get('cases', true)
    if (cases !== undefined) {
      const others = [resources, terraform, here].some(value => value !== undefined)
      if (!isMap(cases) || others)
        throw this.#wrong(line, '"cases" is no map, or resources or values stand beside it')
      return cases.items.flatMap(item => this.#cases(item).map(one => ({...shared, ...one})))
    }
    const names = Array.isArray(resources) ? resources : [resources]
    if (names.length === 0 || !names.every(name => typeof name === 'string'))
      throw this.#wrong(line, '"resources" names no address and no resource of the templates')
    return [
      {...shared, resources: names.map(name => this.#resource(name, line)), names, terraform, here, line},
    ]
  }

  /** A resource and its two values, `network.Vpc: [terraform, here]`, or several such pairs, each in a line of its own. */
  #cases({key, value}: Pair): Case[] {
    const line = this.#lineOf(key)
    const name = isScalar(key) ? String(key.value) : ''
    const resources = [this.#resource(name, line)]
    const pairs: unknown[] = isSeq(value) && value.flow !== true ? value.items : [value]
    return pairs.map(pair => {
      const values: unknown = isSeq(pair) ? pair.toJSON() : undefined
      if (!Array.isArray(values) || values.length !== 2)
        throw this.#wrong(line, 'a case is no list of two values, what Terraform has and what is here')
      const [terraform, here] = values
      return {resources, names: [name], terraform, here, line: isSeq(pair) ? this.#lineOf(pair) : line}
    })
  }

  #when(entry: YAMLMap): When | null {
    const when = entry.get('when', true)
    if (when === undefined) return null
    if (isScalar(when) && typeof when.value === 'string') return {variable: when.value, value: undefined}
    const [item, another] = isMap(when) ? when.items : []
    if (item === undefined || another !== undefined || !isScalar(item.key) || !isScalar(item.value))
      throw this.#wrong(
        this.#lineOf(entry),
        '"when" is neither a variable nor a map of one variable and its value',
      )
    return {variable: String(item.key.value), value: item.value.toJSON()}
  }

  #onlyHere(entry: YAMLMap): OnlyHereAccepted[] {
    this.#onlyKnown(entry, ['resources', 'reason'])
    const {resources}: Record<string, Json | undefined> = entry.toJSON()
    const line = this.#lineOf(entry)
    const names = Array.isArray(resources) ? resources : [resources]
    return names.map(name => {
      const resource = typeof name === 'string' ? logical(name) : undefined
      if (resource === undefined)
        throw this.#wrong(line, '"resources" names what is no resource; one is written network.Vpc')
      return {resource, name: String(name), reason: this.#reason(entry), line}
    })
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

/** `network.Vpc`, in which `*` of the logical id is any text; `*` alone is every resource that is mapped to one. */
function logical(name: string): RegExp | undefined {
  if (name === '*') return /^/
  if (!/^(?:main|network|data|compute|services)\.[A-Za-z0-9*]+$/.test(name)) return undefined
  return new RegExp(`^${name.replace('.', '\\.').replaceAll('*', '[A-Za-z0-9]*')}$`)
}
