import {type Address, AddressReader, type InstanceKey} from './address-reader.js'

/** What a name or a key must be: this one, any, or a text with stars in it. */
type Part =
  | {readonly kind: 'exactly'; readonly value: InstanceKey}
  | {readonly kind: 'like'; readonly pattern: RegExp; readonly letters: number}
  | {readonly kind: 'any'}

/**
 * An address with `*` in the place of a whole name of a module or a resource, of a whole key (`[*]`: there is one, and
 * it may be any), or of a part of a text key: `aws_route53_record.this["kc.*"]`. Types are never open.
 */
export interface AddressPattern {
  readonly text: string
  readonly mode: Address['mode']
  readonly type: string
  /** Name and key of each module, then those of the resource. */
  readonly parts: readonly Part[]
}

/** @throws AddressError */
export function parsePattern(text: string): AddressPattern {
  const reader = new AddressReader(text)
  const parts: Part[] = []
  for (;;) {
    const word = reader.name()
    reader.dot()
    if (word !== 'module') {
      const resource = resourceOf(reader, word, parts)
      reader.end()
      return {text, ...resource, parts}
    }
    parts.push(namePart(reader), keyPart(reader))
    reader.dot()
  }
}

function resourceOf(
  reader: AddressReader,
  word: string,
  parts: Part[],
): Pick<AddressPattern, 'mode' | 'type'> {
  const mode = word === 'data' || word === 'ephemeral' ? word : 'managed'
  const type = mode === 'managed' ? word : reader.name()
  if (mode !== 'managed') reader.dot()
  parts.push(namePart(reader), keyPart(reader))
  return {mode, type}
}

function namePart(reader: AddressReader): Part {
  return reader.takes('*') ? {kind: 'any'} : {kind: 'exactly', value: reader.name()}
}

function keyPart(reader: AddressReader): Part {
  if (reader.takes('[*]')) return {kind: 'any'}
  const key = reader.key()
  if (typeof key !== 'string' || !key.includes('*')) return {kind: 'exactly', value: key}
  const pieces = key.split('*')
  const source = pieces.map(piece => piece.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('[^]*')
  return {kind: 'like', pattern: new RegExp(`^${source}$`, 'u'), letters: pieces.join('').length}
}

export function matches(pattern: AddressPattern, address: Address): boolean {
  const {mode, type, parts} = pattern
  if (mode !== address.mode || type !== address.type || parts.length !== 2 * address.modules.length + 2)
    return false
  const values = [...address.modules, address].flatMap(({name, key}) => [name, key])
  return parts.every((part, index) => fits(part, values[index] ?? null))
}

function fits(part: Part, value: InstanceKey): boolean {
  if (part.kind === 'exactly') return part.value === value
  if (part.kind === 'any') return value !== null
  return typeof value === 'string' && part.pattern.test(value)
}

/**
 * Sorts the most specific first: fewer open parts, then fewer half open ones, then more letters in these. 0 for two that
 * are equally specific: where both match an address, neither is to be preferred.
 */
export function bySpecificity(a: AddressPattern, b: AddressPattern): number {
  return count(a, 'any') - count(b, 'any') || count(a, 'like') - count(b, 'like') || letters(b) - letters(a)
}

function count({parts}: AddressPattern, kind: Part['kind']): number {
  return parts.filter(part => part.kind === kind).length
}

function letters({parts}: AddressPattern): number {
  return parts.reduce((sum, part) => sum + (part.kind === 'like' ? part.letters : 0), 0)
}
