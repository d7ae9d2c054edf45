/** restXml as CloudFront and Route 53 speak it, from the server's side. */
import {AwsError} from './errors.js'
import type {Protocol, WireRequest} from './message.js'
import type {ServiceModel} from './model.js'
import {queryProtocol} from './query.js'
import {decodeRest} from './rest-decode.js'
import {encodeRest} from './rest-encode.js'
import {type Routed, routeRest} from './rest-route.js'

const unknown = (operation: string): AwsError =>
  new AwsError('UnknownOperationException', `The operation ${operation} is not known to this service.`, {
    status: 404,
  })

/** @throws AwsError UnknownOperationException, InvalidURI. */
function routed(model: ServiceModel, request: WireRequest): Routed {
  try {
    const found = routeRest(model, request)
    if (found) return found
  } catch (cause) {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", {cause})
  }
  throw unknown(`${request.method} ${request.path}`)
}

export const restXmlProtocol: Protocol = {
  unknown,
  route: (model, request) => routed(model, request).operation,
  decode: (model, operation, request) => decodeRest(operation.input, request, routed(model, request).labels),
  encode(model, operation, output, requestId) {
    const response = encodeRest(model, operation, output)
    return {...response, headers: {'x-amzn-requestid': requestId, ...response.headers}}
  },
  // The envelope of the Query protocol.
  encodeError: queryProtocol.encodeError,
}
