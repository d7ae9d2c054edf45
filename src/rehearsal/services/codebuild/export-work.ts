import {type Image, imagesOf} from '../ecr/images.js'
import {bucketAccess} from '../s3/bucket-access.js'
import {type BuildContext, variable, type Work, type WorkImage} from './build-context.js'
import {checksumsFile, manifestFile, packImage, sha256, tarballOf} from './tarballs.js'

/** What export-images.sh does: all images of one build, their checksums, and last of all the manifest. */
export function exportImages(context: BuildContext): Work {
  const {bucket, address} = placeOf(context)
  const work: Work = {log: [`Exporting to ${address}`], failedImages: []}
  const problem = problemOf(context)
  if (problem !== undefined) {
    work.log.push(...problem.log)
    work.failedImages.push(...problem.images)
    return work
  }
  const began = put(context, manifestFile, manifestText(context, false))
  if (began !== undefined) {
    work.log.push(began, `Not written: ${address}${manifestFile}`)
    work.failure = 'exit status 1'
    return work
  }
  for (const image of context.images) {
    const refusal = put(context, tarballOf(image.key), tarballBytes(context, image))
    if (refusal !== undefined) {
      const lines = [refusal, `Not written: ${address}${tarballOf(image.key)}`]
      work.log.push(...lines.map(line => `[${image.key}] ${line}`), `Image ${image.key}: FAILED`)
      work.failedImages.push(image.key)
    } else work.log.push(`Image ${image.key}: exported`)
  }
  if (work.failedImages.length > 0) return work
  const last = [
    put(context, checksumsFile, Buffer.from(checksumsText(context))),
    put(context, manifestFile, manifestText(context, true)),
  ].find(refusal => refusal !== undefined)
  if (last !== undefined) {
    work.log.push(last, `Not written: s3://${bucket}`)
    work.failure = 'exit status 1'
  }
  return work
}

/** What one image's process does while the others are still at work, so that an export can be watched. */
export function exportOne(context: BuildContext, key: string): void {
  const image = context.images.find(candidate => candidate.key === key)
  if (image === undefined || problemOf(context) !== undefined) return
  const {build, world} = context
  const {bucket, prefix} = placeOf(context)
  const begun = world.account.buckets[bucket]?.objects[`${prefix}${manifestFile}`]
  const mayBegin =
    begun !== undefined && begun.modifiedAt >= build.startedAt
      ? undefined
      : put(context, manifestFile, manifestText(context, false))
  if (mayBegin === undefined) put(context, tarballOf(key), tarballBytes(context, image))
}

/** Why nothing can be exported: an image is not there, or is of another build than the others. */
function problemOf(context: BuildContext): {log: string[]; images: string[]} | undefined {
  const missing = context.images.filter(image => imageOf(context, image) === undefined).map(({key}) => key)
  if (missing.length > 0) {
    const log = missing.flatMap(key => [`[${key}] manifest unknown`, `Image ${key}: FAILED`])
    return {log, images: missing}
  }
  const [first] = context.images
  const others = context.images.filter(
    image => originText(context, image) !== (first && originText(context, first)),
  )
  if (first === undefined || others.length === 0) return undefined
  const log = [first, ...others].map(
    image => `Image ${image.key} is version and commit: ${originText(context, image)}`,
  )
  return {log, images: others.map(({key}) => key)}
}

function imageOf({tag}: BuildContext, {repository}: WorkImage): Image | undefined {
  return imagesOf(repository).find(({tags}) => tags.includes(tag))
}

function originText(context: BuildContext, image: WorkImage): string {
  const origin = imageOf(context, image)?.origin
  return `${origin?.version ?? ''} ${origin?.revision ?? ''}`
}

function tarballBytes(context: BuildContext, image: WorkImage): Buffer {
  const found = imageOf(context, image)
  return found === undefined ? Buffer.alloc(0) : packImage(image.key, found)
}

function checksumsText(context: BuildContext): string {
  return context.images
    .map(image => `${sha256(tarballBytes(context, image))}  ${tarballOf(image.key)}\n`)
    .join('')
}

function manifestText(context: BuildContext, complete: boolean): Buffer {
  const {world, images} = context
  const [first] = images
  const origin = first && imageOf(context, first)?.origin
  const manifest = {
    format: 1,
    complete,
    version: origin?.version || null,
    sourceCommit: origin?.revision || null,
    architecture: 'linux/amd64',
    exportedAt: `${new Date(world.now).toISOString().slice(0, 19)}Z`,
    images: complete ? images.map(image => entryOf(context, image)) : [],
  }
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
}

function entryOf(context: BuildContext, image: WorkImage) {
  const bytes = tarballBytes(context, image)
  const found = imageOf(context, image)
  return {
    key: image.key,
    tarball: tarballOf(image.key),
    bytes: bytes.length,
    sha256: sha256(bytes),
    digest: found?.digest ?? '',
    builtAt: new Date(found?.pushedAt ?? 0).toISOString(),
  }
}

function placeOf({build}: BuildContext): {bucket: string; prefix: string; address: string} {
  const bucket = variable(build, 'EXPORT_BUCKET') ?? ''
  const prefix = variable(build, 'EXPORT_PREFIX') ?? ''
  return {bucket, prefix, address: `s3://${bucket}/${prefix}`}
}

/** Undefined when it was written, else why not. */
function put(context: BuildContext, file: string, bytes: Buffer): string | undefined {
  const {bucket, prefix} = placeOf(context)
  const types: Record<string, string> = {[manifestFile]: 'application/json', [checksumsFile]: 'text/plain'}
  const type = types[file] ?? 'application/gzip'
  const answer = bucketAccess(context.world, context.role).put(bucket, `${prefix}${file}`, bytes, type)
  return 'refusal' in answer ? answer.refusal : undefined
}
