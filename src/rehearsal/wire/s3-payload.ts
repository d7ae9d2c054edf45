/** Whether a body is the one that its signature speaks of. Source: S3 API reference, "Common request headers". */
import {AwsError} from './errors.js'
import type {WireRequest} from './message.js'
import type {Signature} from './signature.js'
import {sha256} from './sigv4.js'
import {s3PayloadHash} from './verify-signature.js'

/** What may be in place of a hash. The chunks of a streamed body carry signatures or a checksum of their own. */
const words = [
  'UNSIGNED-PAYLOAD',
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
]

const isHash = /^[0-9a-f]{64}$/

const toldOf = (request: WireRequest, signature: Signature): string =>
  s3PayloadHash(request.chunked?.headers ?? request.headers, signature, request)

/** Whether it says of the body what can be said. @throws AwsError InvalidRequest, InvalidArgument */
export function checkS3PayloadHash(request: WireRequest, signature: Signature): void {
  const told = toldOf(request, signature)
  if (told === '') {
    throw new AwsError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256')
  }
  if (words.includes(told) || isHash.test(told)) return
  throw new AwsError(
    'InvalidArgument',
    `x-amz-content-sha256 must be ${words.join(', ')}, or a valid sha256 value.`,
    {extra: {ArgumentName: 'x-amz-content-sha256', ArgumentValue: told}},
  )
}

/** Whether it is true. @throws AwsError XAmzContentSHA256Mismatch */
export function checkS3Payload(request: WireRequest, signature: Signature): void {
  const told = toldOf(request, signature)
  if (!isHash.test(told)) return
  const computed = sha256(request.body)
  if (computed === told) return
  throw new AwsError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    {extra: {ClientComputedContentSHA256: told, S3ComputedContentSHA256: computed}},
  )
}
