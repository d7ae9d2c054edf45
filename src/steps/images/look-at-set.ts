import type {Aws} from '../../aws/aws.js'
import {
  checksumsFile,
  type ImagePlace,
  imageKeys,
  manifestFile,
  readChecksums,
  readManifest,
  tarballOf,
} from '../../environment/image-set.js'
import type {FoundSet, SetFile} from './judge-set.js'

/** Reads what S3 tells of a set, and the two small files in it; no tarball is fetched. */
export async function lookAtSet(aws: Pick<Aws, 'bucketContents'>, place: ImagePlace): Promise<FoundSet> {
  const {bucketContents} = aws
  const {bucket, prefix} = place
  const [listed, manifest, checksums] = await Promise.all([
    bucketContents.list(bucket, prefix),
    bucketContents.text(bucket, `${prefix}${manifestFile}`),
    bucketContents.text(bucket, `${prefix}${checksumsFile}`),
  ])
  const tarballs = new Set(imageKeys.map(key => `${prefix}${tarballOf(key)}`))
  const files = await Promise.all(
    listed
      .filter(({key}) => tarballs.has(key))
      .map(async ({key, bytes, hasSha256}): Promise<[string, SetFile]> => {
        const sha256 = hasSha256 ? await bucketContents.sha256(bucket, key) : undefined
        return [key.slice(prefix.length), {bytes, sha256}]
      }),
  )
  return {
    place,
    files: new Map(files),
    manifest: manifest === undefined ? undefined : readManifest(manifest),
    checksums: checksums === undefined ? undefined : readChecksums(checksums),
  }
}
