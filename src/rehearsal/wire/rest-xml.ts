/** restXml as CloudFront and Route 53 speak it, from the server's side. */
import {AwsError} from './errors.js'
import type {Protocol, WireRequest} from './message.js'
import type {ServiceModel} from './model.js'
import {queryProtocol} from './query.js'
import {decodeRest} from './rest-decode.js'
import {encodeRest} from './rest-encode.js'
import {knownRoute, type Routed, unknownOperation} from './rest-route.js'

/** @throws AwsError UnknownOperationException, InvalidURI. */
const routed = (model: ServiceModel, request: WireRequest): Routed =>
  knownRoute(
    model,
    request,
    cause => new AwsError('InvalidURI', "Couldn't parse the specified URI.", {cause}),
  )

export const restXmlProtocol: Protocol = {
  unknown: unknownOperation,
  route: (model, request) => routed(model, request).operation,
  decode: (model, operation, request) => decodeRest(operation.input, request, routed(model, request).labels),
  encode(model, operation, output, requestId) {
    const response = encodeRest(model, operation, output)
    return {...response, headers: {'x-amzn-requestid': requestId, ...response.headers}}
  },
  // The envelope of the Query protocol.
  encodeError: queryProtocol.encodeError,
}
