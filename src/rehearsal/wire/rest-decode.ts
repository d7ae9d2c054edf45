/** From a REST request to its SDK-shaped input: labels, query, headers, and a body that is XML, JSON, text or bytes. */
import {FromStringShapeDeserializer} from '@smithy/core/protocols'
import {AwsError} from './errors.js'
import {textOf, type WireRequest} from './message.js'
import {isShape, membersOf, type Schema, type Shape, structure} from './schema.js'
import {readXml} from './xml.js'

/** Where the model puts a member in the HTTP message. */
export interface Binding {
  readonly httpLabel?: unknown
  readonly httpQuery?: string
  readonly httpHeader?: string
  readonly httpPrefixHeaders?: string
  readonly httpPayload?: unknown
  readonly httpResponseCode?: unknown
}

export const bindingOf = (member: Schema): Binding => member.getMergedTraits() as Binding

const strings = new FromStringShapeDeserializer({
  timestampFormat: {useTrait: true, default: 5},
  httpBindings: true,
})

/** A header or query value; an unreadable date counts as absent, as in HTTP, an unreadable number is refused. */
function readString(member: Schema, name: string, text: string): unknown {
  let value: unknown
  try {
    value = strings.read(member, text)
  } catch {
    return undefined
  }
  if (!Number.isNaN(value)) return value
  throw new AwsError('InvalidArgument', `Provided ${name} is not a number.`, {
    extra: {ArgumentName: name, ArgumentValue: text},
  })
}

function readQuery(member: Schema, name: string, request: WireRequest): unknown {
  const values = request.query.getAll(name)
  if (values.length === 0) return undefined
  if (!member.isListSchema()) return readString(member, name, values[0] ?? '')
  return values.map(value => readString(member.getValueSchema(), name, value))
}

function readPrefixed(prefix: string, request: WireRequest): Record<string, string> | undefined {
  const entries = Object.entries(request.headers)
    .filter(([name]) => name.startsWith(prefix.toLowerCase()))
    .map(([name, value]) => [name.slice(prefix.length), value] as const)
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

function parse(schema: Schema, body: Uint8Array): unknown {
  try {
    return readXml(schema, body)
  } catch (cause) {
    const text = 'The XML you provided was not well-formed or did not validate against our published schema'
    throw new AwsError('MalformedXML', text, {cause})
  }
}

/** How a service reads the structures in its bodies. */
type ReadBody = (schema: Schema, body: Uint8Array) => unknown

function readPayload(member: Schema, body: Uint8Array, read: ReadBody): unknown {
  if (member.isBlobSchema()) return body
  if (body.length === 0) return undefined
  return member.isStringSchema() ? textOf(body) : read(member, body)
}

const bodies = new WeakMap<Schema, Schema>()

/** The members that travel in the body, as a structure of their own, made once for each input. */
function bodyOf(input: Schema, members: [string, Schema][]): Schema {
  const schema = bodies.get(input) ?? structure(input.getName() ?? 'Body', members)
  bodies.set(input, schema)
  return schema
}

/** @throws AwsError `InvalidArgument`, and `MalformedXML` or what else `read` throws. */
export function decodeRest(
  input: Schema,
  request: WireRequest,
  labels: Readonly<Record<string, string | undefined>>,
  read: ReadBody = parse,
): Shape {
  const result: Shape = {}
  const inBody: [string, Schema][] = []
  for (const [name, member] of membersOf(input)) {
    const binding = bindingOf(member)
    let value: unknown
    const label = binding.httpLabel ? labels[name] : undefined
    if (binding.httpLabel) value = label === undefined ? undefined : readString(member, name, label)
    else if (binding.httpQuery) value = readQuery(member, binding.httpQuery, request)
    else if (binding.httpHeader) {
      const text = request.headers[binding.httpHeader.toLowerCase()]
      value = text === undefined ? undefined : readString(member, binding.httpHeader, text)
    } else if (binding.httpPrefixHeaders !== undefined)
      value = readPrefixed(binding.httpPrefixHeaders, request)
    else if (binding.httpPayload) value = readPayload(member, request.body, read)
    else inBody.push([name, member])
    if (value !== undefined) result[name] = value
  }
  if (inBody.length > 0 && request.body.length > 0) {
    const body = read(bodyOf(input, inBody), request.body)
    if (isShape(body)) Object.assign(result, body)
  }
  return result
}
