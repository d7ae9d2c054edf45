import {
  checksumsFile,
  type ImageManifest,
  type ImagePlace,
  imageArchitecture,
  imageKeys,
  manifestFile,
  tarballOf,
} from '../../environment/image-set.js'
import type {ImageSetResult, ImageTarballResult} from '../../results.js'

/** A file of a set as S3 tells of it. */
export interface SetFile {
  readonly bytes: number
  /** In hex; undefined when S3 keeps none of the whole file. */
  readonly sha256?: string
}

/** What was found of a set. */
export interface FoundSet {
  readonly place: ImagePlace
  /** By name, without the prefix. */
  readonly files: ReadonlyMap<string, SetFile>
  /** A text says why it cannot be read; undefined when there is none. */
  readonly manifest: ImageManifest | string | undefined
  /** Of SHA256SUMS, by the name of the file; undefined when there is no such file. */
  readonly checksums: ReadonlyMap<string, string> | undefined
}

/**
 * Says whether a set is whole and of the wanted version. A set without a manifest, made by hand or by another tool,
 * is judged by the names of its files and by SHA256SUMS, and its version is not known: that is no fault.
 */
export function judgeSet(found: FoundSet, expectedVersion: string): ImageSetResult {
  const {place, manifest} = found
  const known = typeof manifest === 'object' ? manifest : undefined
  const images = imageKeys.map(key => judgeTarball(key, found, known))
  const reason = problemOfSet(found, expectedVersion)
  const isWhole = images.every(({ok}) => ok) && known?.complete !== false && typeof manifest !== 'string'
  return {
    ...place,
    ok: isWhole && reason === null,
    complete: isWhole,
    version: known?.version ?? null,
    expectedVersion,
    sourceCommit: known?.sourceCommit ?? null,
    exportedAt: known?.complete ? known.exportedAt : null,
    images,
    reason,
  }
}

function judgeTarball(key: string, found: FoundSet, manifest: ImageManifest | undefined): ImageTarballResult {
  const tarball = tarballOf(key)
  const file = found.files.get(tarball)
  // An unfinished export says nothing of its images yet.
  const entry = manifest?.images.find(image => image.key === key && image.tarball === tarball)
  const listed = found.checksums?.get(tarball)
  const expected = entry?.sha256 ?? listed
  const isCompared = file?.sha256 !== undefined && expected !== undefined
  const reason = problem()
  return {
    name: key,
    tarball,
    bytes: file?.bytes ?? null,
    checkedBy: isCompared ? 'sha256' : entry === undefined ? 'name' : 'size',
    ok: reason === null,
    reason,
  }

  function problem(): string | null {
    if (file === undefined) return 'It is missing.'
    if (file.bytes === 0) return 'It is empty.'
    if (manifest?.complete && entry === undefined) return `${manifestFile} does not name it.`
    if (entry !== undefined && entry.bytes !== file.bytes)
      return `It has ${file.bytes} bytes, and ${manifestFile} says ${entry.bytes}.`
    if (isCompared && file.sha256 !== expected) return 'Its content is not what was exported.'
    if (found.checksums !== undefined && listed === undefined)
      return `${checksumsFile} does not name it, so that an import refuses it.`
    if (entry !== undefined && listed !== undefined && listed !== entry.sha256)
      return `${checksumsFile} and ${manifestFile} disagree about it, so that an import may refuse it.`
    return null
  }
}

function problemOfSet({manifest, checksums}: FoundSet, expectedVersion: string): string | null {
  if (manifest === undefined) return null
  if (typeof manifest === 'string')
    return `${manifestFile} cannot be read: ${manifest}. Export the images again.`
  const {complete, architecture, version} = manifest
  if (!complete)
    return 'Its export is in progress or was interrupted. Wait for it, or export the images again.'
  if (checksums === undefined)
    return `${checksumsFile} is missing: an import would not notice a damaged tarball.`
  if (architecture !== imageArchitecture)
    return `Its images are for ${architecture}, and the services run on ${imageArchitecture}.`
  // Templates of somebody's own may not say what they build.
  if (version !== null && expectedVersion !== '' && version !== expectedVersion)
    return `Its images are version ${version}, and ${expectedVersion} is wanted.`
  return null
}
