import type {World} from '../../account/world.js'
import type {Operations} from '../../wire/operations.js'
import {ownerId} from './bucket-operations.js'
import {bucketOf} from './buckets.js'
import {encoder, groupOf, isAfter, pageSize} from './listing-operations.js'
import {uploadOf} from './multipart-operations.js'
import {md5} from './object-store.js'

/** Lists of uploads in progress and of their parts. Source: S3 API reference, ListMultipartUploads and ListParts. */
export function uploadListingOperations(world: World) {
  return {
    ListMultipartUploads(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const {Prefix = '', Delimiter = '', KeyMarker = '', UploadIdMarker} = input
      const size = pageSize(input.MaxUploads)
      const encode = encoder(input.EncodingType)
      const all = Object.entries(bucket.uploads)
        .map(([id, upload]) => ({id, ...upload, group: groupOf(upload.key, Prefix, Delimiter)}))
        .filter(({key}) => key.startsWith(Prefix))
        .sort((a, b) => (a.key === b.key ? a.initiatedAt - b.initiatedAt : isAfter(a.key, b.key) ? 1 : -1))
      const grouped = all.filter(
        ({group}, index) => group === undefined || all.findIndex(other => other.group === group) === index,
      )
      const resumed = grouped.findIndex(({key, id}) => key === KeyMarker && id === UploadIdMarker)
      const rest =
        resumed >= 0
          ? grouped.slice(resumed + 1)
          : grouped.filter(({key, group}) => isAfter(group ?? key, KeyMarker))
      const page = rest.slice(0, size)
      const last = page.length < rest.length ? page.at(-1) : undefined
      const owner = {ID: ownerId(world)}
      return {
        Bucket: bucket.name,
        Prefix: input.Prefix === undefined ? undefined : encode(input.Prefix),
        Delimiter: input.Delimiter === undefined ? undefined : encode(input.Delimiter),
        EncodingType: input.EncodingType,
        KeyMarker: encode(KeyMarker),
        UploadIdMarker: UploadIdMarker ?? '',
        MaxUploads: size,
        Uploads: page
          .filter(({group}) => group === undefined)
          .map(({id, key, initiatedAt}) => ({
            UploadId: id,
            Key: encode(key),
            Initiated: new Date(initiatedAt),
            StorageClass: 'STANDARD' as const,
            Owner: owner,
            Initiator: owner,
          })),
        CommonPrefixes: page.flatMap(({group}) => (group === undefined ? [] : {Prefix: encode(group)})),
        IsTruncated: last !== undefined,
        NextKeyMarker: last && encode(last.group ?? last.key),
        NextUploadIdMarker: last?.group === undefined ? last?.id : undefined,
      }
    },

    ListParts(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      const upload = uploadOf(bucket, input)
      const marker = Number(input.PartNumberMarker ?? 0)
      const size = pageSize(input.MaxParts)
      const rest = Object.entries(upload.parts)
        .map(([number, part]) => ({number: Number(number), ...part}))
        .filter(({number}) => number > marker)
        .sort((a, b) => a.number - b.number)
      const page = rest.slice(0, size)
      const owner = {ID: ownerId(world)}
      return {
        Bucket: bucket.name,
        Key: upload.key,
        UploadId: input.UploadId,
        StorageClass: 'STANDARD',
        Owner: owner,
        Initiator: owner,
        MaxParts: size,
        PartNumberMarker: String(marker),
        Parts: page.map(({number, body, modifiedAt}) => {
          const bytes = Buffer.from(body, 'base64')
          return {
            PartNumber: number,
            Size: bytes.byteLength,
            ETag: `"${md5(bytes)}"`,
            LastModified: new Date(modifiedAt),
          }
        }),
        IsTruncated: page.length < rest.length,
        NextPartNumberMarker: String(page.at(-1)?.number ?? marker),
      }
    },
  } satisfies Operations<'s3'>
}
