import type {World} from '../account/world.js'
import {AwsError} from '../wire/errors.js'
import type {Operations} from '../wire/operations.js'
import {bucketOf} from './s3-buckets.js'
import {checkedSums, sumsOf} from './s3-checksums.js'
import {
  bytesOf,
  checkConditions,
  checkKey,
  checkVersion,
  objectOf,
  preconditionFailed,
  rangeOf,
  storedObject,
} from './s3-object-store.js'

/** Objects that one DeleteObjects call may name. Source: S3 API reference, DeleteObjects. */
const maxDeletions = 1000

/** Objects: put, get, head, copy, delete. */
export function s3ObjectOperations(world: World) {
  return {
    PutObject(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const key = checkKey(input.Key)
      const existing = bucket.objects[key]
      if (existing && input.IfNoneMatch === '*') throw preconditionFailed()
      if (input.IfMatch !== undefined) checkConditions(objectOf(bucket, key), {IfMatch: input.IfMatch})
      const body = input.Body ?? new Uint8Array()
      const sums = checkedSums(input, body)
      const object = storedObject(world, body, {
        contentType: input.ContentType,
        metadata: input.Metadata,
        ...(sums.ChecksumSHA256 !== undefined && {checksum: 'SHA256'}),
      })
      bucket.objects[key] = object
      return {ETag: `"${object.etag}"`, ServerSideEncryption: 'AES256', ...sums}
    },

    GetObject(input, call) {
      checkVersion(input.VersionId)
      const object = objectOf(bucketOf(world, call, input.Bucket), input.Key)
      checkConditions(object, input)
      const bytes = bytesOf(object)
      const range = rangeOf(input.Range, object.size)
      return {
        ...descriptionOf(object),
        // A part of an object has no checksum of its own.
        ...(!range && input.ChecksumMode === 'ENABLED' && sumsOf(object)),
        ...(range && {
          ContentRange: `bytes ${range.first}-${range.last}/${object.size}`,
          ContentLength: range.last - range.first + 1,
        }),
        Body: range ? bytes.subarray(range.first, range.last + 1) : bytes,
      }
    },

    HeadObject(input, call) {
      checkVersion(input.VersionId)
      const object = objectOf(bucketOf(world, call, input.Bucket), input.Key)
      checkConditions(object, input)
      return {...descriptionOf(object), ...(input.ChecksumMode === 'ENABLED' && sumsOf(object))}
    },

    DeleteObject(input, call) {
      checkVersion(input.VersionId)
      delete bucketOf(world, call, input.Bucket).objects[input.Key ?? '']
      return {}
    },

    DeleteObjects(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const objects = input.Delete?.Objects ?? []
      if (objects.length === 0 || objects.length > maxDeletions) {
        throw new AwsError(
          'MalformedXML',
          'The XML you provided was not well-formed or did not validate against our published schema',
        )
      }
      const known = objects.filter(({VersionId}) => VersionId === undefined || VersionId === 'null')
      for (const {Key} of known) delete bucket.objects[Key ?? '']
      const refused = objects.filter(object => !known.includes(object))
      return {
        Deleted: input.Delete?.Quiet ? [] : known.map(({Key, VersionId}) => ({Key, VersionId})),
        Errors: refused.map(({Key, VersionId}) => ({
          Key,
          VersionId,
          Code: 'NoSuchVersion',
          Message: 'The specified version does not exist.',
        })),
      }
    },

    CopyObject(input, call) {
      const target = bucketOf(world, call, input.Bucket)
      const source = copySource(input.CopySource ?? '')
      // A copy may read from any region.
      const from = world.account.buckets[source.bucket]
      if (!from) {
        throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', {
          status: 404,
          extra: {BucketName: source.bucket},
        })
      }
      const object = objectOf(from, source.key)
      const replaces = input.MetadataDirective === 'REPLACE'
      const copy = storedObject(world, bytesOf(object), {
        contentType: replaces ? input.ContentType : object.contentType,
        metadata: replaces ? input.Metadata : object.metadata,
        checksum: object.checksum,
      })
      target.objects[checkKey(input.Key)] = copy
      return {CopyObjectResult: {ETag: `"${copy.etag}"`, LastModified: new Date(copy.modifiedAt)}}
    },
  } satisfies Operations<'s3'>
}

/** `bucket/key` or `/bucket/key`, percent-encoded, with or without the version id `null`. */
export function copySource(text: string): {bucket: string; key: string} {
  const [path = '', query] = text.replace(/^\//, '').split('?')
  checkVersion(query?.replace(/^versionId=/, ''))
  const decoded = decodeURIComponent(path)
  const slash = decoded.indexOf('/')
  if (slash < 1) {
    throw new AwsError(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    )
  }
  return {bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1)}
}

function descriptionOf(object: ReturnType<typeof objectOf>) {
  return {
    AcceptRanges: 'bytes',
    ContentLength: object.size,
    ContentType: object.contentType,
    ETag: `"${object.etag}"`,
    LastModified: new Date(object.modifiedAt),
    Metadata: object.metadata,
    ServerSideEncryption: 'AES256' as const,
  }
}
