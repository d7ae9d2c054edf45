/** awsJson 1.0 and 1.1 (ECS, CodeBuild, Logs, ECR, …), from the server's side. */
import {JsonShapeDeserializer2, JsonShapeSerializer2} from '@smithy/core/protocols'
import {AwsError} from './errors.js'
import {checkJson, serializationError} from './json-check.js'
import {type Protocol, textOf, type WireRequest} from './message.js'
import {isShape, type Schema, type Shape, STRING, structure} from './schema.js'

const settings = {timestampFormat: {useTrait: true, default: 7 as const}, jsonName: false}

/** The serializer's bytes are a string-like adapter; the plain bytes under it avoid its warning. */
function writeJson(schema: Schema, value: Shape): Uint8Array {
  const serializer = new JsonShapeSerializer2(settings)
  serializer.write(schema, value)
  const bytes = serializer.flush()
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Answers in the JSON version that was asked for. */
const contentType = (request: WireRequest | undefined): string =>
  request?.headers['content-type']?.includes('json-1.0')
    ? 'application/x-amz-json-1.0'
    : 'application/x-amz-json-1.1'

const unknown = (operation: string): AwsError =>
  new AwsError('UnknownOperationException', `The operation ${operation} is not known to this service.`)

export const jsonProtocol: Protocol = {
  unknown,
  route(model, request) {
    const target = request.headers['x-amz-target'] ?? ''
    const dot = target.lastIndexOf('.')
    const operation = model.operations.get(target.slice(dot + 1))
    if (!operation || target.slice(0, dot) !== model.target) throw unknown(target)
    return operation
  },
  decode(_model, operation, request) {
    const text = textOf(request.body)
    try {
      const value: unknown = text.trim() === '' ? {} : JSON.parse(text)
      if (!isShape(value)) throw serializationError('The request body is not a JSON object.')
      checkJson(operation.input, value)
      if (operation.input.isUnitSchema()) return {}
      return new JsonShapeDeserializer2(settings).readObject(operation.input, value as never) as Shape
    } catch (cause) {
      if (cause instanceof AwsError) throw cause
      throw serializationError('The request body is not well-formed JSON.', cause)
    }
  },
  encode(_model, operation, output, requestId) {
    const isUnit = operation.output.isUnitSchema()
    return {
      status: 200,
      headers: {'x-amzn-requestid': requestId, 'content-type': 'application/x-amz-json-1.1'},
      body: isUnit ? '{}' : writeJson(operation.output, output),
    }
  },
  encodeError(error, requestId, request) {
    const schema = structure('Error', [
      ['__type', STRING],
      [error.messageMember, STRING],
      ...error.members.filter(([name]) => name !== '__type'),
    ])
    const value = {...error.values, __type: error.code, [error.messageMember]: error.message}
    return {
      status: error.status,
      headers: {
        'x-amzn-requestid': requestId,
        'content-type': contentType(request),
        ...error.headers,
      },
      body: writeJson(schema, value),
    }
  },
}
