/** restJson1 as EFS and Lambda speak it, from the server's side. */
import {JsonShapeDeserializer2, JsonShapeSerializer2} from '@smithy/core/protocols'
import {AwsError} from './errors.js'
import {jsonProtocol} from './json.js'
import {checkJson, serializationError} from './json-check.js'
import {type Protocol, textOf, type WireRequest} from './message.js'
import type {OperationModel, ServiceModel} from './model.js'
import {bindingOf, decodeRest} from './rest-decode.js'
import {knownRoute, type Routed, unknownOperation} from './rest-route.js'
import {isShape, membersOf, type Schema, type Shape, structure} from './schema.js'

const settings = {timestampFormat: {useTrait: true, default: 7 as const}, jsonName: true}

/** @throws AwsError UnknownOperationException, SerializationException. */
const routed = (model: ServiceModel, request: WireRequest): Routed =>
  knownRoute(model, request, cause => serializationError("Couldn't parse the specified URI.", cause))

/** @throws AwsError SerializationException */
function readBody(schema: Schema, body: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(textOf(body))
    if (!isShape(value)) throw serializationError('The request body is not a JSON object.')
    checkJson(schema, value)
    return new JsonShapeDeserializer2(settings).readObject(schema, value as never) as Shape
  } catch (cause) {
    if (cause instanceof AwsError) throw cause
    throw serializationError('The request body is not well-formed JSON.', cause)
  }
}

const bodies = new WeakMap<Schema, Schema>()

/** The part of an output that goes into its document. */
function bodyOf(output: Schema): Schema {
  let schema = bodies.get(output)
  if (schema === undefined) {
    const members = membersOf(output).filter(([, member]) => {
      const {httpHeader, httpPrefixHeaders, httpPayload, httpResponseCode} = bindingOf(member)
      if (httpHeader || httpPrefixHeaders !== undefined || httpPayload) {
        throw new TypeError(`${member.getMemberName()} is bound to a part of HTTP that is not written here.`)
      }
      return !httpResponseCode
    })
    schema = structure(output.getName() ?? 'Body', members)
    bodies.set(output, schema)
  }
  return schema
}

/** What the operation always answers with, unless its output says so itself. */
function statusOf({http, output: schema}: OperationModel, output: Shape): number {
  const own = membersOf(schema).find(([, member]) => bindingOf(member).httpResponseCode)
  return Number((own && output[own[0]]) ?? http?.[2] ?? 200)
}

export const restJsonProtocol: Protocol = {
  unknown: unknownOperation,
  route: (model, request) => routed(model, request).operation,
  decode: (model, operation, request) =>
    decodeRest(operation.input, request, routed(model, request).labels, readBody),
  encode(_model, operation, output, requestId) {
    const headers = {'x-amzn-requestid': requestId, 'content-type': 'application/json'}
    const status = statusOf(operation, output)
    if (operation.output.isUnitSchema() || status === 204) return {status, headers, body: ''}
    const serializer = new JsonShapeSerializer2(settings)
    serializer.write(bodyOf(operation.output), output)
    const bytes = serializer.flush()
    return {status, headers, body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)}
  },
  // The document of the other JSON services; the code is in a header, too.
  encodeError(error, requestId, request, model) {
    const response = jsonProtocol.encodeError(error, requestId, request, model)
    const headers = {...response.headers, 'content-type': 'application/json', 'x-amzn-errortype': error.code}
    return {...response, headers}
  },
}
