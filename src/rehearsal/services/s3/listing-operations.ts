import type {Bucket, StoredObject} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {fromToken, toToken} from './bucket-operations.js'
import {bucketOf} from './buckets.js'
import {algorithmOf} from './checksums.js'

/** Keys in a page, at most. Source: S3 API reference, ListObjectsV2. */
const maxPage = 1000

interface Request {
  prefix: string
  delimiter: string
  /** Only what comes after this key or common prefix. */
  after: string
  maxKeys: number
}

interface Page {
  objects: {key: string; object: StoredObject}[]
  prefixes: string[]
  /** The last entry of a page that is not the last one. */
  next?: string
}

/** Lists of objects, flat or by common prefix. */
export function listingOperations(world: World) {
  return {
    ListObjectsV2(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const request = {
        ...common(input),
        after: input.ContinuationToken ? fromToken(input.ContinuationToken) : (input.StartAfter ?? ''),
      }
      const page = pageOf(bucket, request)
      const encode = encoder(input.EncodingType)
      return {
        ...echo(input, encode),
        Contents: page.objects.map(({key, object}) => entry(encode(key), object)),
        CommonPrefixes: page.prefixes.map(prefix => ({Prefix: encode(prefix)})),
        KeyCount: page.objects.length + page.prefixes.length,
        MaxKeys: request.maxKeys,
        StartAfter: input.StartAfter === undefined ? undefined : encode(input.StartAfter),
        IsTruncated: page.next !== undefined,
        ContinuationToken: input.ContinuationToken,
        NextContinuationToken: page.next === undefined ? undefined : toToken(page.next),
      }
    },

    ListObjects(input, call) {
      const request = {...common(input), after: input.Marker ?? ''}
      const page = pageOf(bucketOf(world, call, input.Bucket), request)
      const encode = encoder(input.EncodingType)
      return {
        ...echo(input, encode),
        Contents: page.objects.map(({key, object}) => entry(encode(key), object)),
        CommonPrefixes: page.prefixes.map(prefix => ({Prefix: encode(prefix)})),
        MaxKeys: request.maxKeys,
        Marker: encode(input.Marker ?? ''),
        IsTruncated: page.next !== undefined,
        NextMarker: page.next === undefined || !request.delimiter ? undefined : encode(page.next),
      }
    },
  } satisfies Operations<'s3'>
}

interface ListInput {
  Bucket?: string
  Prefix?: string
  Delimiter?: string
  MaxKeys?: number
  EncodingType?: 'url'
}

function common({Prefix, Delimiter, MaxKeys}: ListInput): Omit<Request, 'after'> {
  return {
    prefix: Prefix ?? '',
    delimiter: Delimiter ?? '',
    maxKeys: pageSize(MaxKeys),
  }
}

/** How many entries a page may have. @throws AwsError InvalidArgument for a negative number. */
export function pageSize(wanted: number | undefined): number {
  if (wanted !== undefined && (wanted < 0 || !Number.isInteger(wanted))) {
    throw new AwsError('InvalidArgument', 'Argument maxKeys must be an integer between 0 and 2147483647', {
      extra: {ArgumentName: 'maxKeys', ArgumentValue: wanted},
    })
  }
  return Math.min(wanted ?? maxPage, maxPage)
}

/** Whether a key or prefix comes after another one in the order of their UTF-8 bytes. */
export const isAfter = (key: string, marker: string): boolean =>
  Buffer.compare(Buffer.from(key), Buffer.from(marker)) > 0

/** The common prefix that a key is listed under; undefined where it is listed by itself. */
export function groupOf(key: string, prefix: string, delimiter: string): string | undefined {
  const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1
  return cut < 0 ? undefined : key.slice(0, cut + delimiter.length)
}

export function echo({Bucket, Prefix, Delimiter, EncodingType}: ListInput, encode: (text: string) => string) {
  return {
    Name: Bucket,
    Prefix: encode(Prefix ?? ''),
    Delimiter: Delimiter === undefined ? undefined : encode(Delimiter),
    EncodingType,
  }
}

/** Keys in the order of their UTF-8 bytes; what shares everything up to the delimiter is one common prefix. */
function pageOf(bucket: Bucket, {prefix, delimiter, after, maxKeys}: Request): Page {
  const page: Page = {objects: [], prefixes: []}
  let last: string | undefined
  const keys = Object.keys(bucket.objects)
    .filter(key => key.startsWith(prefix))
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
  for (const key of keys) {
    const group = groupOf(key, prefix, delimiter)
    const position = group ?? key
    const known = !isAfter(position, after)
    const object = bucket.objects[key]
    if (known || position === last || !object) continue
    if (page.objects.length + page.prefixes.length >= maxKeys) {
      // A page of nothing leads nowhere, so S3 says that it is complete.
      if (last !== undefined) page.next = last
      break
    }
    last = position
    if (group === undefined) page.objects.push({key, object})
    else page.prefixes.push(group)
  }
  return page
}

export function entry(key: string, object: StoredObject) {
  const algorithm = algorithmOf(object)
  return {
    Key: key,
    LastModified: new Date(object.modifiedAt),
    ETag: `"${object.etag}"`,
    Size: object.size,
    StorageClass: 'STANDARD' as const,
    ...(algorithm && {ChecksumAlgorithm: [algorithm], ChecksumType: 'FULL_OBJECT' as const}),
  }
}

/** Clients that ask for it get names percent-encoded, as XML cannot hold every character. */
export function encoder(type: 'url' | undefined): (text: string) => string {
  return type === 'url'
    ? text => encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+')
    : text => text
}
