/** From an SDK-shaped output to a REST response: status, headers, and a body that is XML, text or bytes. */
import {ToStringShapeSerializer} from '@smithy/core/protocols'
import type {Headers, WireResponse} from './message.js'
import type {OperationModel, ServiceModel} from './model.js'
import {bindingOf} from './rest-decode.js'
import {membersOf, type Schema, type Shape, structure} from './schema.js'
import {writeXml} from './xml.js'

const settings = {timestampFormat: {useTrait: true, default: 5 as const}, httpBindings: true}

function headerText(member: Schema, value: unknown): string {
  const serializer = new ToStringShapeSerializer(settings)
  serializer.write(member, value)
  return String(serializer.flush())
}

/** S3 sends what a header cannot hold as an RFC 2047 word: metadata set by other means than headers. */
function headerSafe(text: string): string {
  return /^[\t\x20-\x7E]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`
}

const quoted = (etag: string): string => (/^(W\/)?"/.test(etag) ? etag : `"${etag}"`)

function isBytes(value: unknown): value is Uint8Array | string {
  return typeof value === 'string' || value instanceof Uint8Array
}

function payloadBody(member: Schema, value: unknown, xmlns: string | undefined): Uint8Array | string {
  if (member.isStructSchema()) return writeXml(member, value as Shape, xmlns)
  if (isBytes(value)) return value
  throw new TypeError(`${member.getMemberName()} must be bytes or a string.`)
}

const bodies = new WeakMap<OperationModel, Schema | null>()

/** The part of an output that goes into its XML document; null where it has none. */
function bodySchema(operation: OperationModel): Schema | null {
  let schema = bodies.get(operation)
  if (schema === undefined) {
    const inBody = membersOf(operation.output).filter(([, member]) => {
      const binding = bindingOf(member)
      return !binding.httpHeader && binding.httpPrefixHeaders === undefined && !binding.httpResponseCode
    })
    const plain = inBody.length > 0 && inBody.every(([, member]) => !bindingOf(member).httpPayload)
    schema = plain
      ? structure(operation.output.getName() ?? operation.name, inBody, operation.output.getOwnTraits())
      : null
    bodies.set(operation, schema)
  }
  return schema
}

/** Throws if the output does not fit its schema. */
export function encodeRest(model: ServiceModel, operation: OperationModel, output: Shape): WireResponse {
  const headers: Headers = {}
  let status = operation.http?.[2] ?? 200
  let body: Uint8Array | string = ''
  for (const [name, member] of membersOf(operation.output)) {
    const value = output[name]
    if (value === undefined || value === null) continue
    const binding = bindingOf(member)
    if (binding.httpHeader) {
      const text = headerText(member, value)
      headers[binding.httpHeader.toLowerCase()] = headerSafe(
        name === 'ETag' && model.protocol === 's3' ? quoted(text) : text,
      )
    } else if (binding.httpPrefixHeaders !== undefined) {
      for (const [key, text] of Object.entries(value)) {
        headers[binding.httpPrefixHeaders + key.toLowerCase()] = headerSafe(String(text))
      }
    } else if (binding.httpResponseCode) status = Number(value)
    else if (binding.httpPayload) {
      body = payloadBody(member, value, model.xmlns)
      if (member.isStructSchema()) headers['content-type'] ??= 'application/xml'
      else if (!member.isStringSchema()) headers['content-type'] ??= 'binary/octet-stream'
    }
  }
  const schema = bodySchema(operation)
  if (schema && status !== 204) {
    body = writeXml(schema, output, model.xmlns)
    headers['content-type'] ??= 'application/xml'
  }
  return {status, headers, body}
}
