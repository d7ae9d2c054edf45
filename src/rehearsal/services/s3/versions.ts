import type {Bucket, StoredObject, Version} from '../../account/account.js'
import {dictionary} from '../../account/dictionary.js'
import type {World} from '../../account/world.js'
import {record} from '../../resources/values.js'
import {AwsError} from '../../wire/errors.js'

/**
 * What becomes of an object's versions. `bucket.objects` has the current version of every key that has one;
 * `bucket.history` what came before it, newest first, or, where the newest is a delete marker, everything.
 * Source: S3 user guide, "How S3 Versioning works".
 */

export type Versioning = 'Enabled' | 'Suspended' | undefined

export function versioningOf(bucket: Bucket): Versioning {
  return record(bucket.configuration.versioning).Status as Versioning
}

/** The version id that answers carry: none where versions were never kept. */
export function shownVersion(bucket: Bucket, version: Version): string | undefined {
  return versioningOf(bucket) ? idOf(version) : undefined
}

/** The id of what was put while no versions were kept is `null`. */
export const idOf = ({versionId}: Version): string => versionId ?? 'null'

/** Every version of a key, newest first, delete markers included. */
export function versionsOf(bucket: Bucket, key: string): Version[] {
  const current = bucket.objects[key]
  return [...(current ? [current] : []), ...(bucket.history?.[key] ?? [])]
}

/** Every key that has a version, in the order of its bytes. */
export function versionedKeys(bucket: Bucket): string[] {
  const keys = new Set([...Object.keys(bucket.objects), ...Object.keys(bucket.history ?? {})])
  return [...keys].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
}

/** Whether nothing is in a bucket, not even an old version. */
export const isEmpty = (bucket: Bucket): boolean => versionedKeys(bucket).length === 0

/** What S3 says when a bucket that has something in it shall go. */
export function notEmptyMessage(bucket: Bucket): string {
  const hint = versioningOf(bucket) ? '. You must delete all versions in the bucket.' : ''
  return `The bucket you tried to delete is not empty${hint}`
}

/** Puts an object under a key. @returns the object with its version. */
export function putVersion(world: World, bucket: Bucket, key: string, object: StoredObject): StoredObject {
  const added = versioningOf(bucket) === 'Enabled' ? {...object, versionId: newVersionId(world)} : object
  supersede(bucket, key, added)
  bucket.objects[key] = added
  return added
}

/** Deletes a key as clients mean it. @returns the delete marker, where versions are kept. */
export function deleteKey(world: World, bucket: Bucket, key: string): Version | undefined {
  const versioning = versioningOf(bucket)
  if (!versioning) {
    delete bucket.objects[key]
    return undefined
  }
  const marker: Version = {
    ...{body: '', etag: '', size: 0, modifiedAt: world.now, isDeleteMarker: true},
    ...(versioning === 'Enabled' && {versionId: newVersionId(world)}),
  }
  supersede(bucket, key, marker)
  delete bucket.objects[key]
  setHistory(bucket, key, [marker, ...(bucket.history?.[key] ?? [])])
  return marker
}

/**
 * Deletes one version for good; the newest of the others becomes the current one. One that is not there is as good
 * as deleted.
 * @returns what was deleted.
 */
export function deleteVersion(bucket: Bucket, key: string, versionId: string): Version | undefined {
  checkId(versionId)
  const all = versionsOf(bucket, key)
  const gone = all.find(version => idOf(version) === versionId)
  if (!gone) return undefined
  const [newest, ...older] = all.filter(version => version !== gone)
  delete bucket.objects[key]
  if (newest && !newest.isDeleteMarker) {
    bucket.objects[key] = newest
    setHistory(bucket, key, older)
  } else setHistory(bucket, key, newest ? [newest, ...older] : [])
  return gone
}

/**
 * The version that a request asks for: the current one unless it names another.
 * @throws AwsError NoSuchKey, NoSuchVersion, InvalidArgument; MethodNotAllowed for a delete marker.
 */
export function versionAt(bucket: Bucket, key: string | undefined, versionId?: string): StoredObject {
  const all = versionsOf(bucket, key ?? '')
  if (versionId === undefined) {
    const current = all[0]
    if (current && !current.isDeleteMarker) return current
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', {
      status: 404,
      extra: {Key: key},
      headers: current ? markerHeaders(current) : {},
    })
  }
  checkId(versionId)
  const found = all.find(version => idOf(version) === versionId)
  if (!found) {
    throw new AwsError('NoSuchVersion', 'The specified version does not exist.', {
      status: 404,
      extra: {Key: key, VersionId: versionId},
    })
  }
  if (found.isDeleteMarker) {
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      status: 405,
      extra: {Method: 'GET', ResourceType: 'DeleteMarker'},
      headers: {...markerHeaders(found), allow: 'DELETE'},
    })
  }
  return found
}

const markerHeaders = (marker: Version) => ({
  'x-amz-delete-marker': 'true',
  'x-amz-version-id': idOf(marker),
})

/** The current version becomes an old one; of the version `null` there is only one. */
function supersede(bucket: Bucket, key: string, by: Version): void {
  if (!versioningOf(bucket)) return
  setHistory(
    bucket,
    key,
    versionsOf(bucket, key).filter(version => idOf(version) !== idOf(by)),
  )
}

function setHistory(bucket: Bucket, key: string, versions: Version[]): void {
  const history = bucket.history ?? dictionary()
  if (versions.length > 0) history[key] = versions
  else delete history[key]
  bucket.history = history
}

const newVersionId = (world: World): string =>
  Buffer.from(world.newHex(48), 'hex').toString('base64url').replaceAll('-', '.')

/** @throws AwsError InvalidArgument for what S3 never gave out as a version id. */
function checkId(versionId: string): void {
  if (versionId === 'null' || /^[\w.]{32}$/.test(versionId)) return
  throw new AwsError('InvalidArgument', 'Invalid version id specified', {
    extra: {ArgumentName: 'versionId', ArgumentValue: versionId},
  })
}
