/** Requests to the account itself are signed as calls of AWS are, for a service of its own. */
import {skewMs} from './authenticate.js'
import type {PlainRequest} from './call.js'
import {AwsError} from './errors.js'
import {signatureOf} from './signature.js'
import {type AccessKey, algorithm, basicDate} from './sigv4.js'
import {verifySignature} from './verify-signature.js'

/**
 * Whether a request was signed with this key, for this service, a moment ago.
 * @param now real time in epoch milliseconds
 */
export function isSignedWith(
  {accessKeyId, secretAccessKey}: AccessKey,
  service: string,
  request: PlainRequest,
  now: number,
): boolean {
  const sent = {...request, search: request.query.toString()}
  const signature = signatureOf(sent)
  if (signature?.form !== 'header' || signature.algorithm !== algorithm) return false
  const {scope, signedAt, missing} = signature
  if (signature.accessKeyId !== accessKeyId || missing.length > 0 || signedAt === undefined) return false
  if (scope?.service !== service || scope.date !== basicDate(signedAt).slice(0, 8)) return false
  if (Math.abs(now - signedAt) > skewMs) return false
  try {
    verifySignature(sent, signature, secretAccessKey, 'query')
    return true
  } catch (error) {
    if (error instanceof AwsError) return false
    throw error
  }
}
