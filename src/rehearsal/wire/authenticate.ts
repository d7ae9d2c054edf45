/**
 * Refuses calls whose signature AWS would refuse for its form, scope, date or credentials. The signature itself is
 * not calculated anew.
 * Sources: IAM user guide, "Troubleshoot Signature Version 4 signing for AWS API requests"; S3 API reference, "Error
 * responses".
 */
import {type CommonError, commonErrorOf} from './common-errors.js'
import {endpointOf} from './endpoint.js'
import type {AwsError, AwsErrorOptions} from './errors.js'
import {DEFAULT_REGION, type Identity} from './identify.js'
import type {WireRequest} from './message.js'
import {checkS3Signature} from './s3-authenticate.js'
import {type ProtocolName, SERVICES} from './services.js'
import type {Scope, Signature} from './signature.js'

/** What an account says of a key: whether it and the session token with it are good. */
export type KeyState = 'known' | 'unknown' | 'expired' | 'badToken'

export interface AuthenticationRules {
  keyState(accessKeyId: string, sessionToken: string | undefined): KeyState
  /** The regions that the account has. */
  readonly regions: readonly string[]
  /** Real time in epoch milliseconds, by which clients sign, however fast the account's own time passes. */
  now(): number
}

/** Before and after its time a signature is good for this long, in milliseconds. */
const skewMs = 5 * 60_000

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
  const state = rules.keyState(signature.accessKeyId ?? '', signature.sessionToken)
  const extra = {AWSAccessKeyId: signature.accessKeyId}
  if (state === 'unknown') throw refuse('unknownKey', undefined, protocol === 's3' ? {extra} : {})
  if (state === 'badToken') throw refuse('badToken')
  if (state === 'expired') throw refuse('expiredToken')
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

/** `20260101T120000Z` */
const basic = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
