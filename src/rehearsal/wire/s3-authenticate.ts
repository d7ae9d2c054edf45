/** What S3 says of a signature whose form, scope or date is wrong. Source: S3 API reference, "Error responses". */
import {AwsError} from './errors.js'
import type {Signature} from './signature.js'

/** How far a client's clock may be off, in milliseconds. */
const skewMs = 15 * 60_000
/** The longest life of a presigned URL, in seconds: seven days. */
const longestExpiry = 604_800

/**
 * @param region The region that the request reaches.
 * @param now Epoch milliseconds.
 * @throws AwsError AuthorizationHeaderMalformed, AuthorizationQueryParametersError, RequestTimeTooSkewed, AccessDenied.
 */
export function checkS3Signature(signature: Signature, region: string, now: number): void {
  const {version, form, scope, credential, missing, signedAt, expiresIn, date} = signature
  const malformed = form === 'header' ? malformedHeader : malformedQuery
  if (version !== '2') {
    if (missing.length > 0) throw malformed(missingText(signature))
    if (!scope) {
      throw malformed(
        'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
      )
    }
    if (scope.service !== 's3' && scope.service !== 's3express') {
      throw malformed(`incorrect service "${scope.service}". This endpoint belongs to "s3".`)
    }
    if (scope.region !== undefined && scope.region !== region) {
      throw malformed(`the region '${scope.region}' is wrong; expecting '${region}'`, {Region: region})
    }
    if (signedAt === undefined) {
      throw form === 'query'
        ? malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
        : new AwsError('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header', {
            status: 403,
          })
    }
    const day = new Date(signedAt).toISOString().slice(0, 10).replaceAll('-', '')
    if (scope.date !== day) {
      throw malformed(
        `Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${day}".`,
        {Credential: credential},
      )
    }
  }
  if (form === 'query') checkExpiry(signedAt, expiresIn, now)
  else if (signedAt !== undefined && Math.abs(now - signedAt) > skewMs) {
    throw new AwsError(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      {
        status: 403,
        extra: {
          RequestTime: date,
          ServerTime: seconds(now),
          MaxAllowedSkewMilliseconds: skewMs,
        },
      },
    )
  }
}

function checkExpiry(signedAt: number | undefined, expiresIn: number | undefined, now: number): void {
  if (expiresIn === undefined || signedAt === undefined) return
  if (Number.isNaN(expiresIn)) throw malformedQuery('X-Amz-Expires should be a number')
  if (expiresIn > longestExpiry) {
    throw malformedQuery(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    )
  }
  const expires = signedAt + expiresIn * 1000
  const extra = {'X-Amz-Expires': expiresIn, Expires: seconds(expires), ServerTime: seconds(now)}
  if (now > expires) throw new AwsError('AccessDenied', 'Request has expired', {status: 403, extra})
  if (signedAt > now + skewMs) {
    throw new AwsError('AccessDenied', 'Request is not valid yet', {status: 403, extra})
  }
}

const missingText = ({form}: Signature): string =>
  form === 'header'
    ? `the authorization header requires three components: Credential, SignedHeaders, and Signature.`
    : `Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.`

const malformedHeader = (text: string, extra?: Record<string, unknown>): AwsError =>
  new AwsError('AuthorizationHeaderMalformed', `The authorization header is malformed; ${text}`, {extra})

const malformedQuery = (text: string, extra?: Record<string, unknown>): AwsError =>
  new AwsError(
    'AuthorizationQueryParametersError',
    /^[a-z]/.test(text) ? `Error parsing the X-Amz-Credential parameter; ${text}` : text,
    {extra},
  )

const seconds = (at: number): string => new Date(at).toISOString().replace(/\.\d+/, '')
