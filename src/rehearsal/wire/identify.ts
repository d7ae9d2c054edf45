/** Whose request it is: service, region and credentials, from the signature or from what the request says. */

import type {WireRequest} from './message.js'
import {queryFields} from './query.js'
import {type ServiceName, serviceEntries} from './services.js'

export const DEFAULT_REGION = 'us-west-2'

export interface Identity {
  /** Undefined if the request is for a service that is not served. */
  readonly service?: ServiceName
  readonly region: string
  readonly accessKeyId?: string
  readonly sessionToken?: string
  /** Whether it carries a signature, of whatever version and validity; signatures are not checked. */
  readonly signed: boolean
}

interface Credential {
  readonly accessKeyId?: string
  readonly region?: string
  readonly scope?: string
}

/** `AKID/20260101/us-west-2/s3/aws4_request`; signature version 4a leaves the region out. */
function parseCredential(text: string): Credential {
  const parts = text.split('/')
  const [accessKeyId] = parts
  if (parts.length < 4) return {accessKeyId: accessKeyId || undefined}
  const region = parts.length > 4 ? parts.at(-3) : undefined
  return {accessKeyId, scope: parts.at(-2), region: region || undefined}
}

function credentialOf({headers, query}: WireRequest): Credential | undefined {
  const authorization = headers.authorization ?? ''
  if (/^AWS4-/.test(authorization))
    return parseCredential(/Credential=([^,\s]*)/.exec(authorization)?.[1] ?? '')
  // Signature version 2, of old S3 tools.
  if (/^AWS /.test(authorization)) return {accessKeyId: authorization.slice(4).split(':')[0], scope: 's3'}
  const presigned = query.get('X-Amz-Credential')
  if (presigned !== null) return parseCredential(presigned)
  const old = query.get('AWSAccessKeyId')
  return old !== null && query.has('Signature') ? {accessKeyId: old, scope: 's3'} : undefined
}

const find = (test: (entry: (typeof serviceEntries)[number][1]) => boolean): ServiceName | undefined =>
  serviceEntries.find(([, entry]) => test(entry))?.[0]

function isForm({headers, query}: WireRequest): boolean {
  return query.has('Action') || (headers['content-type'] ?? '').includes('x-www-form-urlencoded')
}

function serviceOf(request: WireRequest, scope: string | undefined): ServiceName | undefined {
  if (scope !== undefined) return find(entry => entry.signingName === scope.replace(/^s3express$/, 's3'))
  const target = request.headers['x-amz-target']
  if (target !== undefined) return find(entry => entry.target === target.slice(0, target.lastIndexOf('.')))
  if (isForm(request)) {
    const fields = queryFields(request)
    if (fields.has('Action')) {
      return find(
        ({protocol, version}) =>
          (protocol === 'query' || protocol === 'ec2') && version === fields.get('Version'),
      )
    }
  }
  return 's3'
}

/** Throws `MalformedQueryString` if it has to read a form and cannot. */
export function identify(request: WireRequest): Identity {
  const credential = credentialOf(request)
  return {
    service: serviceOf(request, credential?.scope),
    region: credential?.region ?? DEFAULT_REGION,
    accessKeyId: credential?.accessKeyId,
    sessionToken:
      request.headers['x-amz-security-token'] ?? request.query.get('X-Amz-Security-Token') ?? undefined,
    signed: credential !== undefined,
  }
}
