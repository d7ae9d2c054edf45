import {isMap, isScalar, LineCounter, type Pair, parseDocument} from 'yaml'
import {invalidInput, type McpgwError, messageOf} from '../../errors.js'
import {type AddressPattern, parsePattern} from '../plan/address-pattern.js'
import type {Counterpart, Mapping} from './mapping.js'

/** What the value of a pattern may hold; a text alone is short for `resource`. */
const fields = ['resource', 'foldedInto', 'propertyOf', 'property', 'nothing', 'docs', 'when'] as const

type Fields = Readonly<Partial<Record<(typeof fields)[number], string>>>

/**
 * Reads a mapping file: its form is in the head of parity/mapping.yaml. Entries keep their order.
 *
 * @param file how messages name it
 * @throws {McpgwError} MAPPING_INVALID with file and line, for what is no mapping, and for a pattern that is there twice
 */
export function readMappings(text: string, file: string): readonly Mapping[] {
  const lines = new LineCounter()
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false})
  const [error] = document.errors
  if (error !== undefined) throw wrong(file, lines.linePos(error.pos[0]).line, error.message)
  const {contents} = document
  if (!isMap(contents)) throw wrong(file, 1, 'it is no map of patterns')
  return contents.items.map(item => new Entry(file, lines, item).mapping())
}

/** One entry of the file. */
class Entry {
  readonly #file: string
  readonly #key: unknown
  readonly #value: unknown
  readonly #line: number

  constructor(file: string, lines: LineCounter, {key, value}: Pair) {
    this.#file = file
    this.#key = key
    this.#value = value
    this.#line = isScalar(key) ? lines.linePos(key.range?.[0] ?? 0).line : 1
  }

  mapping(): Mapping {
    const pattern = this.#pattern()
    const fields = this.#fields()
    const when = fields.when?.split(/, */) ?? []
    return {pattern, counterpart: this.#counterpart(fields), when, line: this.#line}
  }

  #pattern(): AddressPattern {
    const text = isScalar(this.#key) ? String(this.#key.value) : ''
    try {
      return parsePattern(text)
    } catch (error) {
      throw this.#wrong(messageOf(error))
    }
  }

  #fields(): Fields {
    if (isScalar(this.#value)) return {resource: this.#text(this.#value)}
    if (!isMap(this.#value)) throw this.#wrong('the value is neither a resource nor a map')
    const known: readonly string[] = fields
    const given = this.#value.items.map(({key, value}) => {
      const name = isScalar(key) ? String(key.value) : ''
      if (!known.includes(name)) throw this.#wrong(`"${name}" is none of ${known.join(', ')}`)
      return [name, this.#text(value)]
    })
    return Object.fromEntries(given)
  }

  #counterpart({resource, foldedInto, propertyOf, property, nothing, docs}: Fields): Counterpart {
    const found: Counterpart[] = [
      ...(resource === undefined ? [] : [{kind: 'resource' as const, resource: this.#logical(resource)}]),
      ...(foldedInto === undefined ? [] : [{kind: 'folded' as const, resource: this.#logical(foldedInto)}]),
      ...(propertyOf === undefined || property === undefined
        ? []
        : [{kind: 'property' as const, resource: this.#logical(propertyOf), property}]),
      ...(nothing === undefined || docs === undefined
        ? []
        : [{kind: 'nothing' as const, reason: nothing, docs: this.#page(docs)}]),
    ]
    const needsPair =
      (propertyOf === undefined) !== (property === undefined) ||
      (nothing === undefined) !== (docs === undefined)
    const [counterpart, another] = found
    if (counterpart === undefined || another !== undefined || needsPair)
      throw this.#wrong(
        'it needs exactly one of a resource, foldedInto, propertyOf with property, and nothing with docs',
      )
    return counterpart
  }

  #logical(text: string): string {
    if (!/^(?:main|network|data|compute|services)\.[A-Za-z0-9]+$/.test(text))
      throw this.#wrong(`"${text}" is no resource; one is written network.Vpc, stack and logical id`)
    return text
  }

  #page(text: string): string {
    if (!/^docs\/[a-z-]+\.md#[a-z0-9-]+$/.test(text))
      throw this.#wrong(`"${text}" is no place in the documentation; one is written docs/page.md#heading`)
    return text
  }

  #text(value: unknown): string {
    if (isScalar(value) && typeof value.value === 'string' && value.value !== '') return value.value
    throw this.#wrong('a text is missing')
  }

  #wrong(what: string): McpgwError {
    return wrong(this.#file, this.#line, what)
  }
}

function wrong(file: string, line: number, what: string): McpgwError {
  return invalidInput(
    'MAPPING_INVALID',
    `${file}, line ${line}: ${what}.`,
    'Correct the line; the head of parity/mapping.yaml says how entries are written.',
  )
}
