import type {Bucket} from '../account/account.js'
import type {World} from '../account/world.js'
import {AwsError} from '../wire/errors.js'
import type {Operations} from '../wire/operations.js'
import {bucketOf} from './s3-buckets.js'
import {checkedSums} from './s3-checksums.js'
import {bytesOf, checkKey, md5, objectOf, rangeOf, storedObject} from './s3-object-store.js'
import {copySource} from './s3-objects.js'

/** Every part but the last. Source: S3 user guide, "Amazon S3 multipart upload limits". */
const minPartBytes = 5 * 1024 * 1024
const maxPartNumber = 10_000

/** Uploads in parts. */
export function s3MultipartOperations(world: World) {
  return {
    CreateMultipartUpload(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const key = checkKey(input.Key)
      const id = world.newHex(64)
      bucket.uploads[id] = {key, contentType: input.ContentType, parts: {}}
      return {Bucket: bucket.name, Key: key, UploadId: id}
    },

    UploadPart(input, call) {
      const upload = uploadOf(bucketOf(world, call, input.Bucket), input.UploadId)
      const body = input.Body ?? new Uint8Array()
      const number = partNumber(input.PartNumber)
      const sums = checkedSums(input, body)
      upload.parts[String(number)] = Buffer.from(body).toString('base64')
      return {ETag: `"${md5(body)}"`, ...sums}
    },

    UploadPartCopy(input, call) {
      const upload = uploadOf(bucketOf(world, call, input.Bucket), input.UploadId)
      const source = copySource(input.CopySource ?? '')
      const from = world.account.buckets[source.bucket]
      if (!from) {
        throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', {status: 404})
      }
      const object = objectOf(from, source.key)
      const range = rangeOf(input.CopySourceRange, object.size)
      const whole = bytesOf(object)
      const body = range ? whole.subarray(range.first, range.last + 1) : whole
      upload.parts[String(partNumber(input.PartNumber))] = body.toString('base64')
      return {CopyPartResult: {ETag: `"${md5(body)}"`, LastModified: new Date(world.now)}}
    },

    CompleteMultipartUpload(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const upload = uploadOf(bucket, input.UploadId)
      const named = input.MultipartUpload?.Parts ?? []
      const parts = named.map(({PartNumber, ETag}) => {
        const body = Buffer.from(upload.parts[String(PartNumber)] ?? '', 'base64')
        const known = upload.parts[String(PartNumber)] !== undefined
        if (!known || ETag?.replaceAll('"', '') !== md5(body)) throw invalidPart(input.UploadId, PartNumber)
        return body
      })
      checkOrder(named.map(({PartNumber}) => PartNumber ?? 0))
      if (parts.slice(0, -1).some(({byteLength}) => byteLength < minPartBytes)) {
        throw new AwsError(
          'EntityTooSmall',
          'Your proposed upload is smaller than the minimum allowed size',
          {extra: {MinSizeAllowed: minPartBytes}},
        )
      }
      const sums = Buffer.concat(parts.map(part => Buffer.from(md5(part), 'hex')))
      const object = storedObject(world, Buffer.concat(parts), {
        contentType: upload.contentType,
        etag: `${md5(sums)}-${parts.length}`,
      })
      bucket.objects[upload.key] = object
      delete bucket.uploads[input.UploadId ?? '']
      return {
        Bucket: bucket.name,
        Key: upload.key,
        ETag: `"${object.etag}"`,
        Location: `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(upload.key)}`,
      }
    },

    AbortMultipartUpload(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      uploadOf(bucket, input.UploadId)
      delete bucket.uploads[input.UploadId ?? '']
      return {}
    },

    ListMultipartUploads(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const uploads = Object.entries(bucket.uploads).filter(([, {key}]) => key.startsWith(input.Prefix ?? ''))
      return {
        Bucket: bucket.name,
        Prefix: input.Prefix,
        Uploads: uploads.map(([UploadId, {key}]) => ({UploadId, Key: key})),
        IsTruncated: false,
      }
    },

    ListParts(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const upload = uploadOf(bucket, input.UploadId)
      return {
        Bucket: bucket.name,
        Key: upload.key,
        UploadId: input.UploadId,
        Parts: Object.entries(upload.parts).map(([number, body]) => {
          const bytes = Buffer.from(body, 'base64')
          return {PartNumber: Number(number), Size: bytes.byteLength, ETag: `"${md5(bytes)}"`}
        }),
        IsTruncated: false,
      }
    },
  } satisfies Operations<'s3'>
}

function uploadOf(bucket: Bucket, id: string | undefined) {
  const upload = bucket.uploads[id ?? '']
  if (upload) return upload
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

function invalidPart(uploadId: string | undefined, number: number | undefined): AwsError {
  return new AwsError(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    {extra: {UploadId: uploadId, PartNumber: number}},
  )
}
