/** S3's restXml, from the server's side. */
import {AwsError} from './errors.js'
import type {Headers, Protocol, WireResponse} from './message.js'
import {decodeRest} from './rest-decode.js'
import {encodeRest} from './rest-encode.js'
import {addressOf} from './s3-address.js'
import {routeS3} from './s3-route.js'
import {STRING, structure} from './schema.js'
import {writeXml} from './xml.js'

/** S3 names its request id differently from the other services and adds a second one. */
const idHeaders = (requestId: string): Headers => ({
  'x-amz-request-id': requestId,
  'x-amz-id-2': Buffer.from(requestId).toString('base64'),
  'x-amzn-requestid': requestId,
})

const unknown = (): AwsError =>
  new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented.', {
    status: 501,
  })

/**
 * S3 puts the region straight into the root element, where the model has a member: the JS SDK reads both
 * forms, botocore only the real one.
 */
const unwrapLocation = (body: WireResponse['body']): WireResponse['body'] =>
  typeof body === 'string'
    ? body.replace(/<LocationConstraint>(.*)<\/LocationConstraint>(?=<\/LocationConstraint>)/s, '$1')
    : body

export const s3Protocol: Protocol = {
  unknown,
  route: (model, request) => routeS3(model, request, addressOf(request)),
  decode(_model, operation, request) {
    const {bucket, key} = addressOf(request)
    return decodeRest(operation.input, request, {Bucket: bucket, Key: key})
  },
  encode(model, operation, output, requestId) {
    const response = encodeRest(model, operation, output)
    // A part of an object is answered with 206, which the model does not say.
    const status = response.headers['content-range'] === undefined ? response.status : 206
    const body = operation.name === 'GetBucketLocation' ? unwrapLocation(response.body) : response.body
    return {body, status, headers: {...idHeaders(requestId), ...response.headers}}
  },
  encodeError(error, requestId, request) {
    const headers = {...idHeaders(requestId), ...error.headers}
    if (request.method === 'HEAD' || error.status === 304) return {status: error.status, headers, body: ''}
    const schema = structure('Error', [
      ['Code', STRING],
      ['Message', STRING],
      ...error.members,
      ['RequestId', STRING],
      ['HostId', STRING],
    ])
    const value = {
      ...error.values,
      Code: error.code,
      Message: error.message,
      RequestId: requestId,
      HostId: idHeaders(requestId)['x-amz-id-2'],
    }
    return {
      status: error.status,
      headers: {...headers, 'content-type': 'application/xml'},
      body: writeXml(schema, value),
    }
  },
}
