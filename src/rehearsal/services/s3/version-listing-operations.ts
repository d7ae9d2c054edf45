import type {Bucket, Version} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {ownerId} from './bucket-operations.js'
import {bucketOf} from './buckets.js'
import {echo, encoder, entry, groupOf, isAfter, pageSize} from './listing-operations.js'
import {idOf, versionedKeys, versionsOf} from './versions.js'

interface Entry {
  key: string
  version: Version
  isLatest: boolean
}

/** Lists of versions and delete markers: by key, newest first. Source: S3 API reference, ListObjectVersions. */
export function versionListingOperations(world: World) {
  return {
    ListObjectVersions(input, call) {
      const bucket = bucketOf(world, call, input.Bucket)
      if (input.VersionIdMarker !== undefined && input.KeyMarker === undefined) {
        throw new AwsError(
          'InvalidArgument',
          'A version-id marker cannot be specified without a key marker.',
          {
            extra: {ArgumentName: 'version-id-marker', ArgumentValue: input.VersionIdMarker},
          },
        )
      }
      const size = pageSize(input.MaxKeys)
      const encode = encoder(input.EncodingType)
      const found: (Entry | {prefix: string})[] = []
      let isTruncated = false
      for (const item of itemsOf(bucket, input)) {
        if (found.length === size) {
          isTruncated = size > 0
          break
        }
        found.push(item)
      }
      const entries = found.filter(item => 'version' in item)
      const last = isTruncated ? found.at(-1) : undefined
      const described = (entry_: Entry) => ({
        Key: encode(entry_.key),
        VersionId: idOf(entry_.version),
        IsLatest: entry_.isLatest,
        LastModified: new Date(entry_.version.modifiedAt),
        Owner: {ID: ownerId(world)},
      })
      return {
        ...echo(input, encode),
        Versions: entries
          .filter(({version}) => !version.isDeleteMarker)
          .map(item => ({...entry(encode(item.key), item.version), ...described(item)})),
        DeleteMarkers: entries.filter(({version}) => version.isDeleteMarker).map(described),
        CommonPrefixes: found.flatMap(item => ('prefix' in item ? {Prefix: encode(item.prefix)} : [])),
        MaxKeys: size,
        KeyMarker: encode(input.KeyMarker ?? ''),
        VersionIdMarker: input.VersionIdMarker ?? '',
        IsTruncated: isTruncated,
        NextKeyMarker: last && encode('prefix' in last ? last.prefix : last.key),
        NextVersionIdMarker: last && 'version' in last ? idOf(last.version) : undefined,
      }
    },
  } satisfies Operations<'s3'>
}

/** What comes after the markers, one common prefix or version at a time. */
function* itemsOf(
  bucket: Bucket,
  input: {Prefix?: string; Delimiter?: string; KeyMarker?: string; VersionIdMarker?: string},
): Generator<Entry | {prefix: string}> {
  const {Prefix = '', Delimiter = '', KeyMarker = '', VersionIdMarker} = input
  let lastPrefix: string | undefined
  for (const key of versionedKeys(bucket)) {
    if (!key.startsWith(Prefix)) continue
    const prefix = groupOf(key, Prefix, Delimiter)
    if (prefix !== undefined) {
      if (prefix !== lastPrefix && isAfter(prefix, KeyMarker)) yield {prefix}
      lastPrefix = prefix
      continue
    }
    const versions = versionsOf(bucket, key)
    const resumed = key === KeyMarker && VersionIdMarker !== undefined
    if (!resumed && !isAfter(key, KeyMarker)) continue
    const from = resumed ? versions.findIndex(version => idOf(version) === VersionIdMarker) + 1 : 0
    for (const [index, version] of versions.entries()) {
      if (index >= from) yield {key, version, isLatest: index === 0}
    }
  }
}
