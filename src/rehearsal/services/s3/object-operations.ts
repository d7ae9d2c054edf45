import type {Bucket, StoredObject} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {anyBucket, bucketOf} from './buckets.js'
import {checkedSums, sumsOf} from './checksums.js'
import {
  bytesOf,
  checkConditions,
  checkKey,
  headersIn,
  preconditionFailed,
  rangeOf,
  storedObject,
} from './object-store.js'
import {deleteKey, deleteVersion, idOf, putVersion, shownVersion, versionAt} from './versions.js'

/** Objects that one DeleteObjects call may name. Source: S3 API reference, DeleteObjects. */
const maxDeletions = 1000

/** Objects: put, get, head, copy, delete. */
export function objectOperations(world: World) {
  return {
    PutObject(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const key = checkKey(input.Key)
      checkBeforeWriting(bucket, key, input)
      const body = input.Body ?? new Uint8Array()
      const sums = checkedSums(input, body)
      const object = storedObject(world, body, {
        headers: input,
        metadata: input.Metadata,
        ...(sums.ChecksumSHA256 !== undefined && {checksum: 'SHA256'}),
      })
      const {etag, ...added} = putVersion(world, bucket, key, object)
      return {ETag: `"${etag}"`, ServerSideEncryption: 'AES256', VersionId: added.versionId, ...sums}
    },

    GetObject(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const object = versionAt(bucket, input.Key, input.VersionId)
      checkConditions(object, input)
      const bytes = bytesOf(object)
      const range = rangeOf(input.Range, object.size)
      return {
        ...descriptionOf(bucket, object),
        // Of a presigned URL: how the object shall come back.
        ...headersIn({
          ContentType: input.ResponseContentType,
          ContentEncoding: input.ResponseContentEncoding,
          ContentDisposition: input.ResponseContentDisposition,
          ContentLanguage: input.ResponseContentLanguage,
          CacheControl: input.ResponseCacheControl,
        }),
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
      const bucket = bucketOf(world, call, input.Bucket)
      const object = versionAt(bucket, input.Key, input.VersionId)
      checkConditions(object, input)
      return {...descriptionOf(bucket, object), ...(input.ChecksumMode === 'ENABLED' && sumsOf(object))}
    },

    DeleteObject: (input, call) =>
      remove(world, bucketOf(world, call, input.Bucket), input.Key ?? '', input.VersionId),

    DeleteObjects(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const objects = input.Delete?.Objects ?? []
      if (objects.length === 0 || objects.length > maxDeletions) {
        throw new AwsError(
          'MalformedXML',
          'The XML you provided was not well-formed or did not validate against our published schema',
        )
      }
      const Deleted: object[] = []
      const Errors: object[] = []
      for (const {Key = '', VersionId} of objects) {
        try {
          const {DeleteMarker, VersionId: marker} = remove(world, bucket, Key, VersionId)
          Deleted.push({
            ...{Key, VersionId},
            ...(DeleteMarker && {DeleteMarker, DeleteMarkerVersionId: marker}),
          })
        } catch (error) {
          if (!(error instanceof AwsError)) throw error
          // Among many, an id that cannot be is one that is not there.
          Errors.push({
            ...{Key, VersionId, Code: 'NoSuchVersion'},
            Message: 'The specified version does not exist.',
          })
        }
      }
      return {Deleted: input.Delete?.Quiet ? [] : Deleted, Errors}
    },

    CopyObject(input, call) {
      const target = bucketOf(world, call, input.Bucket)
      const {from, object} = copySource(world, input.CopySource)
      const key = checkKey(input.Key)
      const replaces = input.MetadataDirective === 'REPLACE'
      const copy = storedObject(world, bytesOf(object), {
        headers: replaces ? input : {ContentType: object.contentType, ...object.headers},
        metadata: replaces ? input.Metadata : object.metadata,
        checksum: object.checksum,
      })
      const added = putVersion(world, target, key, copy)
      return {
        CopyObjectResult: {ETag: `"${added.etag}"`, LastModified: new Date(added.modifiedAt)},
        VersionId: added.versionId,
        CopySourceVersionId: shownVersion(from, object),
      }
    },
  } satisfies Operations<'s3'>
}

/** Holds a write to its conditions. @throws AwsError PreconditionFailed, NoSuchKey. */
export function checkBeforeWriting(
  bucket: Bucket,
  key: string,
  {IfMatch, IfNoneMatch}: {IfMatch?: string; IfNoneMatch?: string},
): void {
  if (bucket.objects[key] && IfNoneMatch === '*') throw preconditionFailed()
  if (IfMatch !== undefined) checkConditions(versionAt(bucket, key), {IfMatch})
}

/**
 * The object that a copy reads: `bucket/key` or `/bucket/key`, percent-encoded, perhaps with a version. A copy may
 * read from any region.
 * @throws AwsError InvalidArgument, NoSuchBucket, NoSuchKey, NoSuchVersion.
 */
export function copySource(world: World, text = ''): {from: Bucket; object: StoredObject} {
  const [path = '', query] = text.replace(/^\//, '').split('?')
  const decoded = decodeSource(path)
  const slash = decoded.indexOf('/')
  if (slash < 1) throw invalidSource()
  const from = anyBucket(world, decoded.slice(0, slash))
  const versionId = query?.startsWith('versionId=') ? query.slice('versionId='.length) : undefined
  return {from, object: versionAt(from, decoded.slice(slash + 1), versionId)}
}

function decodeSource(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw invalidSource()
  }
}

const invalidSource = (): AwsError =>
  new AwsError(
    'InvalidArgument',
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    {extra: {ArgumentName: 'x-amz-copy-source'}},
  )

function remove(
  world: World,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): {DeleteMarker?: true; VersionId?: string} {
  if (versionId === undefined) {
    const marker = deleteKey(world, bucket, key)
    return marker ? {DeleteMarker: true, VersionId: idOf(marker)} : {}
  }
  const gone = deleteVersion(bucket, key, versionId)
  return {...(gone?.isDeleteMarker && {DeleteMarker: true}), VersionId: versionId}
}

function descriptionOf(bucket: Bucket, object: StoredObject) {
  return {
    ...object.headers,
    AcceptRanges: 'bytes',
    ContentLength: object.size,
    ContentType: object.contentType,
    ETag: `"${object.etag}"`,
    LastModified: new Date(object.modifiedAt),
    Metadata: object.metadata,
    ServerSideEncryption: 'AES256' as const,
    VersionId: shownVersion(bucket, object),
  }
}
