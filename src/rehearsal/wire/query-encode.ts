/**
 * From the SDK's shapes to the XML of awsQuery and ec2Query. The SDK's own serializer builds a tree of nodes first
 * and takes five times as long, which is felt: pages of stack events are most of what the account ever sends. These
 * two protocols need none of what makes XML hard, attributes and namespaces of members.
 */
import {determineTimestampFormat} from '@smithy/core/protocols'
import {isShape, membersOf, type Schema, type Shape} from './schema.js'
import {XML_DECLARATION} from './xml.js'

/** Writes the content of an element; throws when the value does not fit the schema that the writer was made for. */
type Write = (value: unknown) => string

interface NameTraits {
  xmlName?: string
  xmlFlattened?: unknown
}

const traitsOf = (schema: Schema): NameTraits => schema.getMergedTraits() as NameTraits

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`

/** All that element text must not hold as it is: markup, what parsers change, and what XML 1.0 has no way to write. */
const SPECIAL = /[^\t\n\x20-\x25\x27-\x3B\x3D\x3F-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const ESCAPES: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;'}

const textOf = (value: string): string => value.replace(SPECIAL, character => ESCAPES[character] ?? '')

function timestampWriter(schema: Schema): Write {
  const format = determineTimestampFormat(schema, {
    timestampFormat: {useTrait: true, default: 5},
    httpBindings: false,
  })
  return value => {
    if (!(value instanceof Date)) throw misfit(schema, value)
    if (format === 6) return value.toUTCString()
    if (format === 7) return String(value.getTime() / 1000)
    return value.toISOString().replace('.000Z', 'Z')
  }
}

const misfit = (schema: Schema, value: unknown): Error =>
  new TypeError(`${schema.getName(true)} cannot be written from ${typeof value}`)

function scalarWriter(schema: Schema): Write {
  if (schema.isTimestampSchema()) return timestampWriter(schema)
  if (schema.isBlobSchema()) {
    return value => {
      if (!(value instanceof Uint8Array)) throw misfit(schema, value)
      return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
    }
  }
  return value => {
    if (typeof value === 'object' || typeof value === 'function') throw misfit(schema, value)
    return textOf(String(value))
  }
}

function listWriter(schema: Schema, name: string): Write {
  const member = schema.getValueSchema()
  const isFlat = Boolean(traitsOf(schema).xmlFlattened)
  const write = elementWriter(member, isFlat ? name : (traitsOf(member).xmlName ?? 'member'))
  return value => {
    if (!Array.isArray(value)) throw misfit(schema, value)
    const items = value.map(item => (item === null || item === undefined ? '' : write(item))).join('')
    return isFlat ? items : element(name, items)
  }
}

function mapWriter(schema: Schema, name: string): Write {
  const [key, member] = [schema.getKeySchema(), schema.getValueSchema()]
  const isFlat = Boolean(traitsOf(schema).xmlFlattened)
  const writeKey = elementWriter(key, traitsOf(key).xmlName ?? 'key')
  const write = elementWriter(member, traitsOf(member).xmlName ?? 'value')
  return value => {
    if (!isShape(value)) throw misfit(schema, value)
    const entries = Object.entries(value)
      .filter(([, item]) => item !== null && item !== undefined)
      .map(([text, item]) => element(isFlat ? name : 'entry', writeKey(text) + write(item)))
      .join('')
    return isFlat ? entries : element(name, entries)
  }
}

/** The members of a structure, in the model's order. Their writers are made on first use: a shape may hold itself. */
function contentWriter(schema: Schema): Write {
  let writers: [name: string, write: Write][] | undefined
  const write = (value: unknown) => {
    if (!isShape(value)) throw misfit(schema, value)
    writers ??= membersOf(schema).map(([name, member]) => [
      name,
      elementWriter(member, traitsOf(member).xmlName ?? name),
    ])
    let content = ''
    for (const [name, write] of writers) {
      const member = value[name]
      if (member !== null && member !== undefined) content += write(member)
    }
    return content
  }
  return value => (Object.isFrozen(value) ? once(value as object, schema, write) : write(value))
}

/** What was written of values that cannot change, as stack events; so many of the last ones are kept. */
const keptTexts = 4_000
let written = new WeakMap<object, {schema: Schema; text: string}>()
let kept = 0

function once(value: object, schema: Schema, write: Write): string {
  const before = written.get(value)
  if (before?.schema === schema) return before.text
  const text = flat(write(value))
  if (kept >= keptTexts) {
    written = new WeakMap()
    kept = 0
  }
  kept += 1
  written.set(value, {schema, text})
  return text
}

/** In one piece: what was put together from many is walked through whenever it is written into a page. */
function flat(text: string): string {
  return Buffer.from(text).toString()
}

function elementWriter(schema: Schema, name: string): Write {
  if (schema.isListSchema()) return listWriter(schema, name)
  if (schema.isMapSchema()) return mapWriter(schema, name)
  const write = schema.isStructSchema() ? contentWriter(schema) : scalarWriter(schema)
  return value => element(name, write(value))
}

/** Writes structures of one schema as documents whose root is named by the schema. */
export function documentWriter(schema: Schema, xmlns: string | undefined): (value: Shape) => string {
  const name = schema.getName() ?? ''
  const write = contentWriter(schema)
  return value => `${XML_DECLARATION}<${name} xmlns="${xmlns}">${write(value)}</${name}>`
}
