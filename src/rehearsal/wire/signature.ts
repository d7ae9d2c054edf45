/**
 * What a request says about who signed it: signature version 4 and 4a in the header and in the query (presigned
 * URLs), and version 2 of old S3 tools. Source: IAM user guide, "AWS Signature Version 4 for API requests".
 */
import type {WireRequest} from './message.js'

export interface Scope {
  /** `YYYYMMDD`. */
  readonly date: string
  /** Signature version 4a leaves it out. */
  readonly region?: string
  readonly service: string
}

export interface Signature {
  readonly version: '2' | '4' | '4a'
  readonly form: 'header' | 'query'
  readonly accessKeyId?: string
  /** Absent when the credential is not of the form `AKID/YYYYMMDD/region/service/aws4_request`. */
  readonly scope?: Scope
  /** As sent, such as `AWS4-HMAC-SHA256`. */
  readonly algorithm: string
  /** Names of the headers that are signed, in lower case and in their order. */
  readonly signedHeaders: readonly string[]
  /** The signature itself, as sent. */
  readonly value: string
  /** The credential as sent. */
  readonly credential: string
  /** Required parameters that are not there, by name. */
  readonly missing: readonly string[]
  readonly sessionToken?: string
  /** When it was signed, in epoch milliseconds; absent when no date can be read. */
  readonly signedAt?: number
  /** The date as sent. */
  readonly date?: string
  /** How long a presigned URL is good for, in seconds; NaN for what is no number. */
  readonly expiresIn?: number
}

const headerParameters = ['Credential', 'SignedHeaders', 'Signature'] as const
/** Every request is taken apart: made once. */
const headerPatterns = Object.fromEntries(
  headerParameters.map(name => [name, new RegExp(`\\b${name}=([^,\\s]*)`)]),
) as Record<(typeof headerParameters)[number], RegExp>
const queryParameters = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-Date',
  'X-Amz-SignedHeaders',
  'X-Amz-Expires',
] as const

/** By the headers, which a head and the request that is read to its end share: they are asked for four times. */
const known = new WeakMap<
  WireRequest['headers'],
  {query: URLSearchParams; signature: Signature | undefined}
>()

/** The signature of a request; undefined for one that has none. Nothing is checked here. */
export function signatureOf({headers, query}: WireRequest): Signature | undefined {
  const before = known.get(headers)
  if (before?.query === query) return before.signature
  const signature = readSignature(headers, query)
  known.set(headers, {query, signature})
  return signature
}

function readSignature(headers: WireRequest['headers'], query: WireRequest['query']): Signature | undefined {
  const authorization = headers.authorization ?? ''
  const version = versionOf(authorization)
  if (version) return inHeader(authorization, version, headers)
  // Signature version 2: `AWS AKID:signature`.
  if (/^AWS /.test(authorization)) {
    const credential = authorization.slice(4).split(':')[0] ?? ''
    const dated = dateOf(headers['x-amz-date'] ?? headers.date)
    return {...old(credential), form: 'header', ...dated, ...sessionOf(headers['x-amz-security-token'])}
  }
  if (query.has('X-Amz-Credential') || query.has('X-Amz-Algorithm')) return inQuery(query)
  if (query.has('AWSAccessKeyId') && query.has('Signature')) {
    return {...old(query.get('AWSAccessKeyId') ?? ''), form: 'query'}
  }
  return undefined
}

function versionOf(text: string): '4' | '4a' | undefined {
  if (/^AWS4-ECDSA-/.test(text)) return '4a'
  return /^AWS4-/.test(text) ? '4' : undefined
}

function inHeader(authorization: string, version: '4' | '4a', headers: WireRequest['headers']): Signature {
  const parameter = (name: (typeof headerParameters)[number]) => headerPatterns[name].exec(authorization)?.[1]
  const credential = parameter('Credential') ?? ''
  return {
    ...{version, form: 'header', credential, ...parseCredential(credential, version)},
    algorithm: authorization.split(' ', 1)[0] ?? '',
    ...signedWith(parameter('SignedHeaders'), parameter('Signature')),
    missing: headerParameters.filter(name => !parameter(name)),
    ...sessionOf(headers['x-amz-security-token']),
    ...dateOf(headers['x-amz-date'] ?? headers.date),
  }
}

function inQuery(query: URLSearchParams): Signature {
  const version = versionOf(query.get('X-Amz-Algorithm') ?? '') ?? '4'
  const credential = query.get('X-Amz-Credential') ?? ''
  const expires = query.get('X-Amz-Expires')
  return {
    ...{version, form: 'query', credential, ...parseCredential(credential, version)},
    algorithm: query.get('X-Amz-Algorithm') ?? '',
    ...signedWith(query.get('X-Amz-SignedHeaders'), query.get('X-Amz-Signature')),
    missing: queryParameters.filter(name => !query.get(name)),
    ...sessionOf(query.get('X-Amz-Security-Token')),
    ...dateOf(query.get('X-Amz-Date') ?? undefined),
    ...(expires !== null && {expiresIn: /^\d{1,9}$/.test(expires) ? Number(expires) : Number.NaN}),
  }
}

const signedWith = (names: string | null | undefined, value: string | null | undefined) => ({
  signedHeaders: names ? names.toLowerCase().split(';') : [],
  value: value ?? '',
})

const old = (credential: string) => ({
  version: '2' as const,
  algorithm: 'AWS',
  ...signedWith('', ''),
  credential,
  accessKeyId: credential || undefined,
  scope: {date: '', service: 's3'},
  missing: [],
})

function parseCredential(text: string, version: '4' | '4a'): Pick<Signature, 'accessKeyId' | 'scope'> {
  const parts = text.split('/')
  const accessKeyId = parts[0] || undefined
  const hasRegion = version === '4'
  if (parts.length !== (hasRegion ? 5 : 4) || parts.at(-1) !== 'aws4_request') return {accessKeyId}
  const region = hasRegion ? parts[2] || undefined : undefined
  return {accessKeyId, scope: {date: parts[1] ?? '', region, service: parts.at(-2) ?? ''}}
}

const sessionOf = (token: string | null | undefined) => (token ? {sessionToken: token} : {})

/** `20260101T120000Z`, or a date as HTTP writes it. */
function dateOf(text: string | undefined): Pick<Signature, 'date' | 'signedAt'> {
  if (!text) return {}
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  const signedAt = basic
    ? Date.parse(`${basic[1]}-${basic[2]}-${basic[3]}T${basic[4]}:${basic[5]}:${basic[6]}Z`)
    : Date.parse(text)
  return Number.isNaN(signedAt) ? {date: text} : {date: text, signedAt}
}
