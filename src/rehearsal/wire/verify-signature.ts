/** Calculates signatures anew, of the request and of the chunks of its body, and compares. */
import {timingSafeEqual} from 'node:crypto'
import {commonErrorOf} from './common-errors.js'
import {AwsError} from './errors.js'
import type {Headers, WireRequest} from './message.js'
import type {ProtocolName} from './services.js'
import type {Signature} from './signature.js'
import {
  basicDate,
  canonicalRequest,
  type SigningScope,
  scopeText,
  sha256,
  signatureWith,
  signingKey,
  stringToSign,
} from './sigv4.js'

/** SHA-256 of nothing. */
const emptyHash = sha256('')

/** What stands for the hash of a body whose chunks are signed. */
const signedChunks = /^STREAMING-AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?$/

/**
 * @param signature one of version 4 whose form, scope and date were found good
 * @throws AwsError in the words of the protocol, when somebody without the secret signed, or something else than this
 */
export function verifySignature(
  request: WireRequest,
  signature: Signature,
  secretAccessKey: string,
  protocol: ProtocolName,
): void {
  const {scope: found, signedAt, signedHeaders, value} = signature
  if (!found || signedAt === undefined) throw commonErrorOf(protocol, 'badSignature')
  const headers = request.chunked?.headers ?? request.headers
  refuseUnsignedHeaders(headers, signature, protocol)
  const isS3 = protocol === 's3'
  const scope = {date: found.date, region: found.region ?? '', service: found.service}
  const date = basicDate(signedAt)
  const {method, path, search} = request
  const payloadHash = isS3 ? s3PayloadHash(headers, signature, request) : sha256(request.body)
  const canonical = canonicalRequest({method, path, search, headers, signedHeaders, payloadHash, isS3})
  const text = stringToSign(date, scope, canonical)
  const key = signingKeyFor(secretAccessKey, scope)
  if (!isSame(signatureWith(key, text), value)) throw mismatch(protocol, signature, text, canonical)
  if (signedChunks.test(payloadHash)) verifyChunks(request, {key, date, scope, seed: value, payloadHash})
}

/** What S3 was told of the body, which `checkS3Payload` compares with it. */
export function s3PayloadHash(
  headers: Headers,
  {form, signedHeaders}: Signature,
  {query}: Pick<WireRequest, 'query'>,
): string {
  const told = headers['x-amz-content-sha256']
  if (form === 'header') return told ?? ''
  const isSigned = told !== undefined && signedHeaders.includes('x-amz-content-sha256')
  return (isSigned ? told : query.get('X-Amz-Content-Sha256')) ?? 'UNSIGNED-PAYLOAD'
}

/** Whoever passes a signed request on must not be able to say more with it. */
function refuseUnsignedHeaders(headers: Headers, signature: Signature, protocol: ProtocolName): void {
  const {form, signedHeaders} = signature
  const names = Object.keys(headers).filter(name => name === 'host' || name.startsWith('x-amz-'))
  const unsigned = names.filter(name => !signedHeaders.includes(name))
  if (unsigned.length === 0 && signedHeaders.includes('host')) return
  if (protocol === 's3') {
    throw new AwsError('AccessDenied', 'There were headers present in the request which were not signed', {
      status: 403,
      extra: {HeadersNotSigned: unsigned.join(', ')},
    })
  }
  const where = form === 'header' ? 'AWS Authorization' : 'query-string'
  const sentences = (unsigned.length > 0 ? unsigned : ['host']).map(name => {
    const shown = name === 'host' ? "'Host' or ':authority'" : `'${name}'`
    return `${shown} must be a 'SignedHeader' in the ${where}.`
  })
  throw commonErrorOf(protocol, 'badSignature', sentences.join(' '))
}

interface Signing {
  key: Buffer
  date: string
  scope: SigningScope
  /** The signature of the request, with which the chain begins. */
  seed: string
  payloadHash: string
}

/** Source: S3 API reference, "Signature calculations for trailing headers" and "transfer payload in multiple chunks". */
function verifyChunks({chunked}: WireRequest, {key, date, scope, seed, payloadHash}: Signing): void {
  const link = (kind: string, previous: string, rest: string) =>
    signatureWith(key, `AWS4-HMAC-SHA256-${kind}\n${date}\n${scopeText(scope)}\n${previous}\n${rest}`)
  const refuse = () => commonErrorOf('s3', 'badSignature')
  if (!chunked) throw refuse()
  let previous = seed
  for (const {data, signature = ''} of chunked.chunks) {
    const expected = link('PAYLOAD', previous, `${emptyHash}\n${sha256(data)}`)
    if (!isSame(expected, signature)) throw refuse()
    previous = expected
  }
  const {'x-amz-trailer-signature': trailerSignature = '', ...trailers} = chunked.trailers
  const lines = Object.keys(trailers)
    .sort()
    .map(name => `${name}:${trailers[name]}\n`)
  if (!payloadHash.endsWith('-TRAILER')) {
    if (lines.length > 0) throw refuse()
    return
  }
  if (!isSame(link('TRAILER', previous, sha256(lines.join(''))), trailerSignature)) throw refuse()
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function mismatch(protocol: ProtocolName, signature: Signature, text: string, canonical: string): AwsError {
  if (protocol !== 's3') return commonErrorOf(protocol, 'badSignature')
  const bytes = (told: string) => (Buffer.from(told, 'latin1').toString('hex').match(/../g) ?? []).join(' ')
  return commonErrorOf(protocol, 'badSignature', undefined, {
    extra: {
      AWSAccessKeyId: signature.accessKeyId,
      StringToSign: text,
      SignatureProvided: signature.value,
      StringToSignBytes: bytes(text),
      CanonicalRequest: canonical,
      CanonicalRequestBytes: bytes(canonical),
    },
  })
}

/** One for each day, region and service of a key: to calculate it takes longer than all the rest. */
const signingKeys = new Map<string, Buffer>()
const maxSigningKeys = 1000

function signingKeyFor(secretAccessKey: string, scope: SigningScope): Buffer {
  const name = `${secretAccessKey}/${scopeText(scope)}`
  const known = signingKeys.get(name)
  if (known) return known
  if (signingKeys.size >= maxSigningKeys) signingKeys.clear()
  const made = signingKey(secretAccessKey, scope)
  signingKeys.set(name, made)
  return made
}
