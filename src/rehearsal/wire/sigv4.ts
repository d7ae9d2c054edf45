/**
 * Signature version 4, calculated. Source: IAM user guide, "Create a signed AWS API request"; S3 API reference,
 * "Authenticating Requests (AWS Signature Version 4)".
 */
import {createHmac, hash} from 'node:crypto'

/** The pair that a client signs with. */
export interface AccessKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** What a credential is good for. */
export interface SigningScope {
  /** `YYYYMMDD`. */
  readonly date: string
  readonly region: string
  readonly service: string
}

/** A request, as far as it is signed. */
export interface SignedParts {
  readonly method: string
  /** As sent, percent-encoded, without the query. */
  readonly path: string
  /** As sent, without the question mark. */
  readonly search: string
  /** By name in lower case, as sent. */
  readonly headers: Readonly<Record<string, string>>
  /** Names in lower case, in their order. */
  readonly signedHeaders: readonly string[]
  /** Hexadecimal SHA-256 of the body, or the words that stand for it. */
  readonly payloadHash: string
  /** S3 takes a path as it is; every other service encodes it once more, without dots and double slashes. */
  readonly isS3: boolean
}

export const algorithm = 'AWS4-HMAC-SHA256'

export const sha256 = (data: string | Uint8Array): string => hash('sha256', data)

/** Node reads the bytes of a head as Latin-1, whatever they were meant to be. */
const asSent = (text: string): Buffer => Buffer.from(text, 'latin1')

const hmac = (key: string | Uint8Array, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

/** The key that signs for one day, region and service. */
export function signingKey(secretAccessKey: string, {date, region, service}: SigningScope): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, date), region), service), 'aws4_request')
}

export const scopeText = ({date, region, service}: SigningScope): string =>
  `${date}/${region}/${service}/aws4_request`

export function canonicalRequest(parts: SignedParts): string {
  const {method, path, search, headers, signedHeaders, payloadHash, isS3} = parts
  const lines = signedHeaders.map(name => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`)
  return [
    method,
    isS3 ? encoded(unescaped(path), true) : encoded(asSent(normal(path)), true),
    canonicalQuery(search),
    lines.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
}

/** @param date as `20260101T120000Z` */
export const stringToSign = (date: string, scope: SigningScope, canonical: string): string =>
  `${algorithm}\n${date}\n${scopeText(scope)}\n${sha256(asSent(canonical))}`

export const signatureWith = (key: Uint8Array, text: string): string => hmac(key, text).toString('hex')

/** `20260101T120000Z` */
export const basicDate = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')

/** Headers that sign a request with a body, for a service that is not S3. */
export function signedHeaders(
  {accessKeyId, secretAccessKey}: AccessKey,
  {region, service}: Omit<SigningScope, 'date'>,
  request: {method: string; url: URL; body?: string | Uint8Array; headers?: Record<string, string>},
  now = Date.now(),
): Record<string, string> {
  const {method, url, body = '', headers = {}} = request
  const date = basicDate(now)
  const scope = {date: date.slice(0, 8), region, service}
  const all: Record<string, string> = {...headers, host: url.host, 'x-amz-date': date}
  const names = Object.keys(all).sort()
  const canonical = canonicalRequest({
    ...{method, path: url.pathname, search: url.search.slice(1), headers: all, signedHeaders: names},
    ...{payloadHash: sha256(body), isS3: false},
  })
  const signature = signatureWith(signingKey(secretAccessKey, scope), stringToSign(date, scope, canonical))
  const {host: _, ...sent} = all
  return {
    ...sent,
    authorization: `${algorithm} Credential=${accessKeyId}/${scopeText(scope)}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  }
}

/** Without `.`, `..` and empty segments, as RFC 3986 removes them; a slash at the end stays. */
function normal(path: string): string {
  if (!/\/\/|\/\.{1,2}(?:\/|$)/.test(path)) return path
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  const end = kept.length > 0 && path.endsWith('/') ? '/' : ''
  return `/${kept.join('/')}${end}`
}

/** Sorted by name and then by value, without the signature itself. */
function canonicalQuery(search: string): string {
  if (search === '') return ''
  return search
    .split('&')
    .filter(part => part !== '')
    .map(part => {
      const mark = part.indexOf('=')
      const [name, value] = mark < 0 ? [part, ''] : [part.slice(0, mark), part.slice(mark + 1)]
      return [encoded(unescaped(name, true)), encoded(unescaped(value, true))] as const
    })
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** The bytes that a percent-encoded text stands for; in a query a plus is a space. */
function unescaped(text: string, isQuery = false): Buffer {
  const spaced = isQuery ? text.replaceAll('+', ' ') : text
  return asSent(
    spaced.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  )
}

/** What AWS leaves as it is: letters, digits and four marks, and in a path the slash. */
function encoded(bytes: Buffer, isPath = false): string {
  return bytes
    .toString('latin1')
    .replace(isPath ? /[^A-Za-z0-9\-._~/]/g : /[^A-Za-z0-9\-._~]/g, character => {
      const hex = character.charCodeAt(0).toString(16).toUpperCase()
      return hex.length < 2 ? `%0${hex}` : `%${hex}`
    })
}
