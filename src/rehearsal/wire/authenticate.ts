/**
 * Refuses calls that AWS would refuse for the form, scope or date of their signature, for the credentials, and for the
 * signature itself.
 * Sources: IAM user guide, "Troubleshoot Signature Version 4 signing for AWS API requests"; S3 API reference, "Error
 * responses".
 */
import {type CommonError, commonErrorOf} from './common-errors.js'
import {endpointOf} from './endpoint.js'
import {AwsError, type AwsErrorOptions} from './errors.js'
import {DEFAULT_REGION, type Identity} from './identify.js'
import type {WireRequest} from './message.js'
import {checkS3Signature} from './s3-authenticate.js'
import {checkS3Payload, checkS3PayloadHash} from './s3-payload.js'
import {type ProtocolName, SERVICES} from './services.js'
import type {Scope, Signature} from './signature.js'
import {basicDate as basic, algorithm as hmacAlgorithm} from './sigv4.js'
import {verifySignature} from './verify-signature.js'

/**
 * What an account says of a key: whether it and the session token with it are good, and the secret that belongs to it.
 * With an `open` one anything may be signed, but an address that is signed itself only reads S3.
 */
export type KnownKey =
  | {readonly state: 'known'; readonly secretAccessKey: string}
  | {readonly state: 'open' | 'unknown' | 'expired' | 'badToken'}

export interface AuthenticationRules {
  key(accessKeyId: string, sessionToken: string | undefined): KnownKey
  /** The regions that the account has. */
  readonly regions: readonly string[]
  /** Real time in epoch milliseconds, by which clients sign, however fast the account's own time passes. */
  now(): number
}

/** Before and after its time a signature is good for this long, in milliseconds. */
export const skewMs = 5 * 60_000

/** Where services without regions sign. */
const globalRegion = 'us-east-1'

/** @throws AwsError in the words of the protocol. */
export function authenticate(
  request: WireRequest,
  identity: Identity,
  protocol: ProtocolName,
  rules: AuthenticationRules,
): void {
  const {signature, service} = identity
  const refuse = (kind: CommonError, message?: string, options?: AwsErrorOptions): AwsError =>
    commonErrorOf(protocol, kind, message, options)
  if (!signature) throw refuse('missingSignature')
  refuseOtherAlgorithms(signature, protocol, refuse)
  const region = regionOf(request, identity, rules)
  if (protocol === 's3') checkS3Signature(signature, region, rules.now())
  else {
    const scope = complete(signature, refuse)
    const expected = service && SERVICES[service].signingName
    if (expected !== undefined && scope.service !== expected) {
      throw refuse('badSignature', `Credential should be scoped to correct service: '${expected}'. `)
    }
    if (scope.region !== undefined && scope.region !== region) {
      throw refuse('badSignature', `Credential should be scoped to a valid region, not '${scope.region}'. `)
    }
    checkDate(signature, scope, rules.now(), refuse)
  }
  const key = rules.key(signature.accessKeyId ?? '', signature.sessionToken)
  const extra = {AWSAccessKeyId: signature.accessKeyId}
  if (key.state === 'unknown') throw refuse('unknownKey', undefined, protocol === 's3' ? {extra} : {})
  if (key.state === 'badToken') throw refuse('badToken')
  if (key.state === 'expired') throw refuse('expiredToken')
  // Anybody writes such an address, and a page, a letter or a chat can lead a browser to it: only reading is left by it.
  const isAnybodys = key.state === 'open' && signature.form === 'query'
  if (isAnybodys && (protocol !== 's3' || !isRead(request))) throw refuse('badSignature')
  if (protocol === 's3') checkS3PayloadHash(request, signature)
  if (key.state === 'known') verifySignature(request, signature, key.secretAccessKey, protocol)
  if (protocol === 's3') checkS3Payload(request, signature)
}

const isRead = ({method}: WireRequest): boolean => method === 'GET' || method === 'HEAD'

/** Versions 2 and 4a are no longer, or hardly anywhere, taken by AWS; here nowhere. */
function refuseOtherAlgorithms(
  {algorithm, form}: Signature,
  protocol: ProtocolName,
  refuse: (kind: CommonError, message: string) => AwsError,
): void {
  // A query without its algorithm lacks a parameter, which is said with the others.
  if (algorithm === hmacAlgorithm || (form === 'query' && algorithm === '')) return
  throw protocol === 's3'
    ? new AwsError(
        'InvalidRequest',
        'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      )
    : refuse('incompleteSignature', `Unsupported AWS 'algorithm': '${algorithm}'.`)
}

/** The region that a request reaches: the one in the host's name, else, on loopback, the one that it names itself. */
function regionOf(request: WireRequest, {service, region}: Identity, rules: AuthenticationRules): string {
  // A client that is told an address of its own signs for the region that it is set to, whatever the service.
  if (service && SERVICES[service].isGlobal) {
    return endpointOf(request.host) || !rules.regions.includes(region) ? globalRegion : region
  }
  const named = endpointOf(request.host)?.region ?? region
  return rules.regions.includes(named) ? named : DEFAULT_REGION
}

function complete(signature: Signature, refuse: (kind: CommonError, message?: string) => AwsError): Scope {
  const {missing, credential, scope, date, form} = signature
  const names = date === undefined ? [...missing, 'X-Amz-Date'] : missing
  if (names.length > 0) {
    const sentences = [...new Set(names)].map(name =>
      name === 'X-Amz-Date' && form === 'header'
        ? `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.`
        : form === 'header'
          ? `Authorization header requires '${name}' parameter.`
          : `AWS query-string parameters must include '${name}'.`,
    )
    throw refuse('incompleteSignature', sentences.join(' '))
  }
  if (scope) return scope
  throw refuse(
    'incompleteSignature',
    `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
  )
}

function checkDate(
  {date, signedAt, expiresIn, version}: Signature,
  scope: Scope,
  now: number,
  refuse: (kind: CommonError, message?: string) => AwsError,
): void {
  if (version === '2') return
  if (signedAt === undefined) {
    throw refuse('incompleteSignature', `Date must be in ISO-8601 'basic format'. Got '${date}'.`)
  }
  const signed = basic(signedAt)
  if (scope.date !== signed.slice(0, 8)) {
    throw refuse(
      'badSignature',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${signed.slice(0, 8)}', from '${signed}'.`,
    )
  }
  const goodMs = expiresIn === undefined || Number.isNaN(expiresIn) ? skewMs : expiresIn * 1000
  if (signedAt < now - goodMs) {
    throw refuse(
      'badSignature',
      `Signature expired: ${signed} is now earlier than ${basic(now - goodMs)} (${basic(now)} - ${Math.round(goodMs / 60_000)} min.)`,
    )
  }
  if (signedAt > now + skewMs) {
    throw refuse(
      'badSignature',
      `Signature not yet current: ${signed} is still later than ${basic(now + skewMs)} (${basic(now)} + 5 min.)`,
    )
  }
}
