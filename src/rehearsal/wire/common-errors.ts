/** Errors that every service has, under the code, status and text of its protocol. Source: each service's API reference, "Common Errors". */
import {AwsError, type AwsErrorOptions} from './errors.js'
import {type ProtocolName, SERVICES, type ServiceName} from './services.js'

export type CommonError =
  | 'throttled'
  | 'expiredToken'
  | 'unknownKey'
  | 'badSignature'
  | 'accessDenied'
  | 'serverFault'
  | 'unavailable'
  | 'missingSignature'
  | 'incompleteSignature'
  | 'badToken'

type ErrorShape = readonly [code: string, status: number, message: string]

const INVALID_TOKEN = 'The security token included in the request is invalid.'
const EXPIRED_TOKEN = 'The security token included in the request is expired'
const AUTH_FAILURE = 'AWS was not able to validate the provided access credentials'
const SIGNATURE =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const S3_SIGNATURE =
  'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
const MISSING = 'Request is missing Authentication Token'
const INCOMPLETE = 'The request signature does not conform to AWS standards.'
const DENIED = 'User is not authorized to perform this operation.'
const FAULT = 'The request processing has failed because of an unknown error, exception or failure.'

const QUERY: Readonly<Record<CommonError, ErrorShape>> = {
  throttled: ['Throttling', 400, 'Rate exceeded'],
  expiredToken: ['ExpiredToken', 403, EXPIRED_TOKEN],
  unknownKey: ['InvalidClientTokenId', 403, INVALID_TOKEN],
  badSignature: ['SignatureDoesNotMatch', 403, SIGNATURE],
  accessDenied: ['AccessDenied', 403, DENIED],
  serverFault: ['InternalFailure', 500, FAULT],
  unavailable: ['ServiceUnavailable', 503, 'Service is unavailable. Please try again.'],
  missingSignature: ['MissingAuthenticationToken', 403, MISSING],
  incompleteSignature: ['IncompleteSignature', 400, INCOMPLETE],
  badToken: ['InvalidClientTokenId', 403, INVALID_TOKEN],
}

const JSON_ERRORS: Readonly<Record<CommonError, ErrorShape>> = {
  throttled: ['ThrottlingException', 400, 'Rate exceeded'],
  expiredToken: ['ExpiredTokenException', 400, EXPIRED_TOKEN],
  unknownKey: ['UnrecognizedClientException', 400, INVALID_TOKEN],
  badSignature: ['InvalidSignatureException', 400, SIGNATURE],
  accessDenied: ['AccessDeniedException', 400, DENIED],
  serverFault: ['InternalFailure', 500, FAULT],
  unavailable: ['ServiceUnavailableException', 503, 'Service is unavailable. Please try again.'],
  missingSignature: ['MissingAuthenticationTokenException', 400, 'Missing Authentication Token'],
  incompleteSignature: ['IncompleteSignatureException', 400, INCOMPLETE],
  badToken: ['UnrecognizedClientException', 400, INVALID_TOKEN],
}

const TABLE: Readonly<Record<Exclude<ProtocolName, 'rest-json'>, Readonly<Record<CommonError, ErrorShape>>>> =
  {
    query: QUERY,
    json: JSON_ERRORS,
    ec2: {
      throttled: ['RequestLimitExceeded', 503, 'Request limit exceeded.'],
      expiredToken: ['RequestExpired', 400, 'Request has expired.'],
      unknownKey: ['AuthFailure', 401, AUTH_FAILURE],
      badSignature: ['AuthFailure', 401, AUTH_FAILURE],
      accessDenied: ['UnauthorizedOperation', 403, 'You are not authorized to perform this operation.'],
      serverFault: ['InternalError', 500, 'An internal error has occurred'],
      unavailable: ['Unavailable', 503, 'The server is overloaded and cannot handle the request.'],
      missingSignature: ['MissingAuthenticationToken', 400, MISSING],
      incompleteSignature: ['IncompleteSignature', 400, INCOMPLETE],
      badToken: ['AuthFailure', 401, AUTH_FAILURE],
    },
    'rest-xml': QUERY,
    s3: {
      throttled: ['SlowDown', 503, 'Please reduce your request rate.'],
      expiredToken: ['ExpiredToken', 400, 'The provided token has expired.'],
      unknownKey: [
        'InvalidAccessKeyId',
        403,
        'The AWS Access Key Id you provided does not exist in our records.',
      ],
      badSignature: ['SignatureDoesNotMatch', 403, S3_SIGNATURE],
      accessDenied: ['AccessDenied', 403, 'Access Denied'],
      serverFault: ['InternalError', 500, 'We encountered an internal error. Please try again.'],
      unavailable: ['ServiceUnavailable', 503, 'Service is unable to handle request.'],
      missingSignature: ['AccessDenied', 403, 'Access Denied'],
      incompleteSignature: ['AuthorizationHeaderMalformed', 400, 'The authorization header is malformed'],
      badToken: ['InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'],
    },
  }

function shapeOf(protocol: ProtocolName, kind: CommonError): ErrorShape {
  if (protocol !== 'rest-json') return TABLE[protocol][kind]
  // REST services say with the HTTP status what the others say with the code alone.
  const [code, status, message] = JSON_ERRORS[kind]
  return [code, kind === 'throttled' ? 429 : status === 400 ? 403 : status, message]
}

/** A common error as the given protocol spells it; `message` replaces the usual text. */
export function commonErrorOf(
  protocol: ProtocolName,
  kind: CommonError,
  message?: string,
  options?: AwsErrorOptions,
): AwsError {
  const [code, status, text] = shapeOf(protocol, kind)
  return new AwsError(code, message ?? text, {status, ...options})
}

/** A common error as the given service spells it: `commonError('ecs', 'throttled')`. */
export const commonError = (service: ServiceName, kind: CommonError, message?: string): AwsError =>
  commonErrorOf(SERVICES[service].protocol, kind, message)
