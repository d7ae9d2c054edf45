/** Answers to requests for services that the account does not have, in a form that their clients can read. */
import {AwsError} from './errors.js'
import type {WireRequest} from './message.js'
import type {ProtocolName} from './services.js'

const isQuery = ({query, headers}: WireRequest): boolean =>
  query.has('Action') || (headers['content-type'] ?? '').includes('x-www-form-urlencoded')

// REST services whose errors are XML; those of all others are JSON.
const REST_XML = /\/(?:cloudfront|route53|s3-control)\/aws4_request/

/** The protocol that the client most likely speaks. */
export function likelyProtocol(request: WireRequest): ProtocolName {
  const credential = request.headers.authorization ?? ''
  return isQuery(request) || REST_XML.test(credential) ? 'query' : 'json'
}

/** What the client is told: that AWS does not know the operation. */
export function unknownService(request: WireRequest): AwsError {
  const name = 'The operation is not known: the embedded account does not have this service.'
  if (isQuery(request)) return new AwsError('InvalidAction', name)
  return new AwsError('UnknownOperationException', name, {
    headers: {'x-amzn-errortype': 'UnknownOperationException'},
  })
}
