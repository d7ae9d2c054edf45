/** Whose request it is: service, region and credentials, from the signature or from what the request says. */

import type {WireRequest} from './message.js'
import {queryFields} from './query.js'
import {type ServiceName, serviceEntries} from './services.js'
import {type Signature, signatureOf} from './signature.js'

export const DEFAULT_REGION = 'us-west-2'

export interface Identity {
  /** Undefined if the request is for a service that is not served. */
  readonly service?: ServiceName
  readonly region: string
  readonly accessKeyId?: string
  readonly sessionToken?: string
  /** Whether it carries a signature, of whatever version and validity. */
  readonly signed: boolean
  readonly signature?: Signature
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
  const signature = signatureOf(request)
  return {
    service: serviceOf(request, signature?.scope?.service),
    region: signature?.scope?.region ?? DEFAULT_REGION,
    accessKeyId: signature?.accessKeyId,
    sessionToken: signature?.sessionToken,
    signed: signature !== undefined,
    signature,
  }
}
