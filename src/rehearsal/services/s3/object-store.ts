import {createHash} from 'node:crypto'
import type {ObjectHeaders, StoredObject} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {AwsError} from '../../wire/errors.js'

/** What S3 calls content whose type nobody gave. */
const defaultContentType = 'binary/octet-stream'

/** Source: S3 user guide, "Creating object key names". */
const maxKeyBytes = 1024

/** An object from bytes; the ETag of an object put in one piece is the MD5 of its bytes. */
export function storedObject(
  world: World,
  body: Uint8Array,
  options: {
    contentType?: string
    headers?: ObjectHeaders
    metadata?: Record<string, string>
    etag?: string
    checksum?: 'SHA256'
  } = {},
): StoredObject {
  const {ContentType = options.contentType, ...headers} = headersIn(options.headers ?? {})
  return {
    body: Buffer.from(body).toString('base64'),
    etag: options.etag ?? md5(body),
    size: body.byteLength,
    modifiedAt: world.now,
    contentType: ContentType ?? defaultContentType,
    ...(Object.keys(headers).length > 0 ? {headers} : {}),
    ...(options.metadata && Object.keys(options.metadata).length > 0 ? {metadata: options.metadata} : {}),
    ...(options.checksum && {checksum: options.checksum}),
  }
}

export function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex')
}

export function bytesOf(object: StoredObject): Buffer {
  return Buffer.from(object.body, 'base64')
}

const headerNames = [
  'ContentType',
  'ContentEncoding',
  'ContentDisposition',
  'ContentLanguage',
  'CacheControl',
] as const

/** The headers among a request's members that S3 keeps with an object. */
export function headersIn(input: ObjectHeaders): ObjectHeaders {
  return Object.fromEntries(
    headerNames.flatMap(name => (input[name] === undefined ? [] : [[name, input[name]]])),
  )
}

/** @throws AwsError KeyTooLongError. */
export function checkKey(key: string | undefined): string {
  if (key === undefined || key === '' || Buffer.byteLength(key) > maxKeyBytes) {
    throw new AwsError('KeyTooLongError', 'Your key is too long', {extra: {MaxSizeAllowed: maxKeyBytes}})
  }
  return key
}

/**
 * The part of an object that a `Range` header asks for; undefined for the whole, also when the header is not one
 * range of bytes, which S3 ignores.
 * @throws AwsError InvalidRange when the object has nothing there.
 */
export function rangeOf(header: string | undefined, size: number): {first: number; last: number} | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return undefined
  const suffix = match[1] === ''
  const first = suffix ? Math.max(0, size - Number(match[2])) : Number(match[1])
  const last = suffix || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  if (!suffix && match[2] !== '' && Number(match[2]) < first) return undefined
  if (first >= size || (suffix && Number(match[2]) === 0)) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', {
      status: 416,
      extra: {ActualObjectSize: size, RangeRequested: header},
    })
  }
  return {first, last}
}

/**
 * Holds a request to its conditions.
 * Source: S3 user guide, "Conditional requests".
 * @throws AwsError NotModified (304) or PreconditionFailed (412).
 */
export function checkConditions(
  object: StoredObject,
  conditions: {IfMatch?: string; IfNoneMatch?: string; IfModifiedSince?: Date; IfUnmodifiedSince?: Date},
): void {
  const {IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince} = conditions
  const modified = Math.floor(object.modifiedAt / 1000) * 1000
  const failed =
    IfMatch !== undefined
      ? !matches(IfMatch, object.etag)
      : IfUnmodifiedSince !== undefined && modified > IfUnmodifiedSince.getTime()
  if (failed) throw preconditionFailed()
  const unchanged =
    IfNoneMatch !== undefined
      ? matches(IfNoneMatch, object.etag)
      : IfModifiedSince !== undefined && modified <= IfModifiedSince.getTime()
  if (unchanged) throw new AwsError('NotModified', 'Not Modified', {status: 304})
}

export function preconditionFailed(): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
  })
}

function matches(header: string, etag: string): boolean {
  return header
    .split(',')
    .map(item => item.trim().replace(/^W\//, '').replaceAll('"', ''))
    .some(item => item === '*' || item === etag)
}
