/** awsQuery (CloudFormation, ELBv2, STS) and ec2Query, from the server's side. */
import {AwsError} from './errors.js'
import {formTree, parseForm} from './form.js'
import {type Decoded, type Protocol, textOf, type WireRequest, type WireResponse} from './message.js'
import type {OperationModel, ServiceModel} from './model.js'
import {type QueryDialect, readStructure} from './query-decode.js'
import {documentWriter} from './query-encode.js'
import type {ResolvedError} from './resolve-error.js'
import {membersOf, type Schema, type Shape, STRING, structure} from './schema.js'
import {writeXml} from './xml.js'

const fieldsOf = new WeakMap<WireRequest, Map<string, string>>()

/** The parameters in the URL and in the body; throws `MalformedQueryString`. */
export function queryFields(request: WireRequest): Map<string, string> {
  const known = fieldsOf.get(request)
  if (known) return known
  try {
    const body = request.method === 'GET' ? '' : textOf(request.body)
    const fields = parseForm(`${request.search}&${body}`)
    fieldsOf.set(request, fields)
    return fields
  } catch (cause) {
    throw new AwsError('MalformedQueryString', 'The query string contains a syntax error.', {
      status: 404,
      cause,
    })
  }
}

function route(model: ServiceModel, request: WireRequest): OperationModel {
  const fields = queryFields(request)
  const action = fields.get('Action')
  if (!action) {
    throw new AwsError('MissingAction', 'The request is missing an action or a required parameter.')
  }
  const version = fields.get('Version')
  const operation = model.operations.get(action)
  if (!operation || (version !== undefined && version !== model.version)) throw unknown(action)
  return operation
}

const unknown = (action: string): AwsError =>
  new AwsError('InvalidAction', `The action ${action} is not valid for this web service.`)

function xml(
  status: number,
  requestId: string,
  body: string,
  headers: Record<string, string> = {},
): WireResponse {
  return {
    status,
    headers: {'x-amzn-requestid': requestId, 'content-type': 'text/xml;charset=UTF-8', ...headers},
    body,
  }
}

/** No member of a model has this name, so that it cannot hide one. */
const REQUEST_ID = 'mcpgw-request-id'

const writers = new WeakMap<OperationModel, (value: Shape) => string>()

/** The writer of an operation's responses, made once for each. */
function writerOf(
  {xmlns}: ServiceModel,
  operation: OperationModel,
  envelope: () => Schema,
): (value: Shape) => string {
  let writer = writers.get(operation)
  if (!writer) {
    writer = documentWriter(envelope(), xmlns)
    writers.set(operation, writer)
  }
  return writer
}

const METADATA = structure('ResponseMetadata', [['RequestId', STRING]])

const decoder =
  (dialect: QueryDialect): Protocol['decode'] =>
  (_model, operation, request): Decoded['input'] =>
    readStructure(operation.input, formTree(queryFields(request)), dialect)

/** `<XResponse><XResult>…</XResult><ResponseMetadata/></XResponse>` */
export const queryProtocol: Protocol = {
  route,
  unknown,
  decode: decoder({ec2: false}),
  encode(model, operation, output, requestId) {
    const result = `${operation.name}Result`
    const write = writerOf(model, operation, () =>
      structure(`${operation.name}Response`, [
        ...(operation.output.isUnitSchema() ? [] : [[result, operation.output] as const]),
        ['ResponseMetadata', METADATA],
      ]),
    )
    return xml(200, requestId, write({[result]: output, ResponseMetadata: {RequestId: requestId}}))
  },
  encodeError(error, requestId, _request, model) {
    const inner = structure('Error', [
      ['Type', STRING],
      ['Code', STRING],
      ['Message', STRING],
      ...error.members.filter(([name]) => !['Type', 'Code', 'Message'].includes(name)),
    ])
    const envelope = structure('ErrorResponse', [
      ['Error', inner],
      ['RequestId', STRING],
    ])
    const value = {
      Error: {...error.values, Type: error.fault, Code: error.code, Message: error.message},
      RequestId: requestId,
    }
    return xml(error.status, requestId, writeXml(envelope, value, model?.xmlns), error.headers)
  },
}

/** `<XResponse><requestId/>…</XResponse>`, and errors as `<Response><Errors>…` without a namespace. */
export const ec2Protocol: Protocol = {
  route,
  unknown,
  decode: decoder({ec2: true}),
  encode(model, operation, output, requestId) {
    const write = writerOf(model, operation, () =>
      structure(`${operation.name}Response`, [
        [REQUEST_ID, [STRING, {xmlName: 'requestId'}] as never],
        ...membersOf(operation.output),
      ]),
    )
    return xml(200, requestId, write({...output, [REQUEST_ID]: requestId}))
  },
  encodeError(error: ResolvedError, requestId) {
    const inner = structure('Error', [
      ['Code', STRING],
      ['Message', STRING],
    ])
    const envelope = structure('Response', [
      ['Errors', structure('Errors', [['Error', inner]])],
      ['RequestID', STRING],
    ])
    const value = {Errors: {Error: {Code: error.code, Message: error.message}}, RequestID: requestId}
    return xml(error.status, requestId, writeXml(envelope, value), error.headers)
  },
}
