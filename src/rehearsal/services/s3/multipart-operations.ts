import type {Bucket, Upload} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {bucketOf} from './buckets.js'
import {checkedSums} from './checksums.js'
import {checkBeforeWriting, copySource} from './object-operations.js'
import {bytesOf, checkKey, headersIn, md5, rangeOf, storedObject} from './object-store.js'
import {putVersion, shownVersion} from './versions.js'

/** Every part but the last. Source: S3 user guide, "Amazon S3 multipart upload limits". */
const minPartBytes = 5 * 1024 * 1024
const maxPartNumber = 10_000

/** Uploads in parts. */
export function multipartOperations(world: World) {
  return {
    CreateMultipartUpload(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const key = checkKey(input.Key)
      const id = world.newHex(64)
      bucket.uploads[id] = {
        key,
        initiatedAt: world.now,
        headers: headersIn(input),
        metadata: input.Metadata,
        parts: {},
      }
      return {Bucket: bucket.name, Key: key, UploadId: id, ServerSideEncryption: 'AES256'}
    },

    UploadPart(input, call) {
      const upload = uploadOf(bucketOf(world, call, input.Bucket), input)
      const body = input.Body ?? new Uint8Array()
      const number = partNumber(input.PartNumber)
      const sums = checkedSums(input, body)
      upload.parts[String(number)] = {body: Buffer.from(body).toString('base64'), modifiedAt: world.now}
      return {ETag: `"${md5(body)}"`, ...sums}
    },

    UploadPartCopy(input, call) {
      const upload = uploadOf(bucketOf(world, call, input.Bucket), input)
      const {from, object} = copySource(world, input.CopySource)
      const range = rangeOf(input.CopySourceRange, object.size)
      const whole = bytesOf(object)
      const body = range ? whole.subarray(range.first, range.last + 1) : whole
      const number = partNumber(input.PartNumber)
      upload.parts[String(number)] = {body: body.toString('base64'), modifiedAt: world.now}
      return {
        CopyPartResult: {ETag: `"${md5(body)}"`, LastModified: new Date(world.now)},
        CopySourceVersionId: shownVersion(from, object),
      }
    },

    CompleteMultipartUpload(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const upload = uploadOf(bucket, input)
      checkBeforeWriting(bucket, upload.key, input)
      const named = input.MultipartUpload?.Parts ?? []
      checkOrder(named.map(({PartNumber}) => PartNumber ?? 0))
      const parts = named.map(({PartNumber, ETag}) => {
        const part = upload.parts[String(PartNumber)]
        const body = Buffer.from(part?.body ?? '', 'base64')
        if (!part || ETag?.replaceAll('"', '') !== md5(body))
          throw invalidPart(input.UploadId, PartNumber, ETag)
        return body
      })
      const small = parts.slice(0, -1).findIndex(({byteLength}) => byteLength < minPartBytes)
      if (small >= 0) {
        throw new AwsError(
          'EntityTooSmall',
          'Your proposed upload is smaller than the minimum allowed size',
          {
            extra: {
              ProposedSize: parts[small]?.byteLength,
              MinSizeAllowed: minPartBytes,
              PartNumber: named[small]?.PartNumber,
            },
          },
        )
      }
      const sums = Buffer.concat(parts.map(part => Buffer.from(md5(part), 'hex')))
      const object = storedObject(world, Buffer.concat(parts), {
        headers: upload.headers,
        metadata: upload.metadata,
        etag: `${md5(sums)}-${parts.length}`,
      })
      const {versionId, etag} = putVersion(world, bucket, upload.key, object)
      delete bucket.uploads[input.UploadId ?? '']
      return {
        Bucket: bucket.name,
        Key: upload.key,
        ETag: `"${etag}"`,
        Location: `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(upload.key)}`,
        VersionId: versionId,
        ServerSideEncryption: 'AES256',
      }
    },

    AbortMultipartUpload(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      uploadOf(bucket, input)
      delete bucket.uploads[input.UploadId ?? '']
      return {}
    },
  } satisfies Operations<'s3'>
}

/** @throws AwsError NoSuchUpload, also for an upload of another key. */
export function uploadOf(bucket: Bucket, {UploadId: id, Key}: {UploadId?: string; Key?: string}): Upload {
  const upload = bucket.uploads[id ?? '']
  if (upload && upload.key === Key) return upload
  throw new AwsError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    {status: 404, extra: {UploadId: id}},
  )
}

function partNumber(value: number | undefined): number {
  if (value !== undefined && Number.isInteger(value) && value >= 1 && value <= maxPartNumber) return value
  throw new AwsError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', {
    extra: {ArgumentName: 'partNumber', ArgumentValue: value},
  })
}

function checkOrder(numbers: readonly number[]): void {
  if (numbers.length === 0) {
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    )
  }
  if (numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))) return
  throw new AwsError(
    'InvalidPartOrder',
    'The list of parts was not in ascending order. Parts must be ordered by part number.',
  )
}

function invalidPart(
  uploadId: string | undefined,
  number: number | undefined,
  etag: string | undefined,
): AwsError {
  return new AwsError(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    {extra: {UploadId: uploadId, PartNumber: number, ETag: etag?.replaceAll('"', '')}},
  )
}
