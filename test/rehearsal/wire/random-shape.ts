/** Random SDK-shaped values of any schema, as far as the wire can carry them. */
import {bindingOf} from '../../../src/rehearsal/wire/rest-decode.js'
import {membersOf, requiredMembers, type Schema, type Shape} from '../../../src/rehearsal/wire/schema.js'
import type {Random} from './random.js'

const WORD = [...'abcdefghijklmnopqrstuvwxyz0123456789']
// Markup, separators of every protocol, white space that parsers like to lose, two- to four-byte characters.
const TEXT = [...WORD, ...' <>&"\'=+%;,.:/?#{}[]\\|`~!@$^*()-_\t\n\r\u0085\u2028éß漢字😀']

export interface Wishes {
  /** Members that this operation cannot carry, by name. */
  readonly without: ReadonlySet<string>
  /** Optional members that have to be there. */
  readonly needs: ReadonlySet<string>
}

function scalar(schema: Schema, random: Random, inHeader: boolean): unknown {
  if (schema.isBlobSchema()) {
    return Uint8Array.from({length: 1 + random.below(40)}, () => random.below(256))
  }
  if (schema.isBooleanSchema()) return random.chance(0.5)
  if (schema.isNumericSchema()) return random.below(1_000_000)
  if (schema.isBigIntegerSchema()) return BigInt(random.below(1_000_000_000))
  if (schema.isTimestampSchema()) {
    const seconds = 1_500_000_000 + random.below(500_000_000)
    const wholeSeconds = inHeader || schema.getSchema() === 6
    return new Date(seconds * 1000 + (wholeSeconds ? 0 : random.below(1000)))
  }
  if (schema.isDocumentSchema()) return {text: random.text(WORD, 1, 5), list: [1, true, null]}
  // The SDK's XML parser drops text that is nothing but white space, hence one letter at least.
  // Nor does the client escape line breaks in an XML attribute.
  const plain = inHeader || 'xmlAttribute' in schema.getMergedTraits()
  return plain
    ? random.text(WORD, 1, 12)
    : random.text(TEXT, 0, 6) + random.pick(WORD) + random.text(TEXT, 0, 6)
}

function member(schema: Schema, random: Random, wishes: Wishes, depth: number): unknown {
  const {httpHeader, httpPrefixHeaders, httpResponseCode} = bindingOf(schema)
  if (httpResponseCode) return undefined
  if (httpPrefixHeaders !== undefined) return {[random.text(WORD, 1, 6)]: random.text(WORD, 1, 6)}
  if (httpHeader === undefined) return randomValue(schema, random, wishes, depth)
  return schema.isListSchema()
    ? [scalar(schema.getValueSchema(), random, true), scalar(schema.getValueSchema(), random, true)]
    : scalar(schema, random, true)
}

function structure(schema: Schema, random: Random, wishes: Wishes, depth: number): Shape {
  const members = membersOf(schema).filter(([name]) => !wishes.without.has(name))
  if (schema.isUnionSchema()) {
    const [name, value] = random.pick(members)
    return {[name]: member(value, random, wishes, depth + 1)}
  }
  const required = requiredMembers(schema)
  const share = depth > 3 ? 0.1 : members.length > 25 ? 0.3 : 0.6
  const result: Shape = {}
  for (const [name, value] of members) {
    const needed = required.has(name) || wishes.needs.has(name) || value.isIdempotencyToken() // else the client makes one up
    if (!needed && (depth > 6 || !random.chance(share))) continue
    const made = member(value, random, wishes, depth + 1)
    if (made !== undefined) result[name] = made
  }
  return result
}

/** A random value of the schema. */
export function randomValue(schema: Schema, random: Random, wishes: Wishes, depth = 0): unknown {
  if (schema.isUnitSchema()) return {}
  if (schema.isStructSchema()) return structure(schema, random, wishes, depth)
  const size = depth > 4 ? random.below(2) : random.below(4)
  if (schema.isListSchema()) {
    const value = schema.getValueSchema()
    return Array.from({length: size}, () => randomValue(value, random, wishes, depth + 1))
  }
  if (schema.isMapSchema()) {
    const value = schema.getValueSchema()
    return Object.fromEntries(
      Array.from({length: size}, () => [
        random.text(WORD, 1, 8),
        randomValue(value, random, wishes, depth + 1),
      ]),
    )
  }
  return scalar(schema, random, false)
}
