import {type Image, imagesOf} from '../ecr/images.js'
import {bucketAccess} from '../s3/bucket-access.js'
import {variable, type Work, type WorkImage, type WorkScene} from './build-context.js'
import {checksumsFile, manifestFile, packImage, sha256, tarballOf} from './tarballs.js'

/** What export-images.sh does: all images of one build, their checksums, and last of all the manifest. */
export function exportImages(scene: WorkScene): Work {
  const {bucket, address} = placeOf(scene)
  const work: Work = {log: [`Exporting to ${address}`], failedImages: []}
  const problem = problemOf(scene)
  if (problem !== undefined) {
    work.log.push(...problem.log)
    work.failedImages.push(...problem.images)
    return work
  }
  const began = put(scene, manifestFile, manifestText(scene, false))
  if (began !== undefined) {
    work.log.push(began, `Not written: ${address}${manifestFile}`)
    work.failure = 'exit status 1'
    return work
  }
  for (const image of scene.images) {
    const refusal = put(scene, tarballOf(image.key), tarballBytes(scene, image))
    if (refusal !== undefined) {
      const lines = [refusal, `Not written: ${address}${tarballOf(image.key)}`]
      work.log.push(...lines.map(line => `[${image.key}] ${line}`), `Image ${image.key}: FAILED`)
      work.failedImages.push(image.key)
    } else work.log.push(`Image ${image.key}: exported`)
  }
  if (work.failedImages.length > 0) return work
  const last = [
    put(scene, checksumsFile, Buffer.from(checksumsText(scene))),
    put(scene, manifestFile, manifestText(scene, true)),
  ].find(refusal => refusal !== undefined)
  if (last !== undefined) {
    work.log.push(last, `Not written: s3://${bucket}`)
    work.failure = 'exit status 1'
  }
  return work
}

/** What one image's process does while the others are still at work, so that an export can be watched. */
export function exportOne(scene: WorkScene, key: string): void {
  const image = scene.images.find(candidate => candidate.key === key)
  if (image === undefined || problemOf(scene) !== undefined) return
  const {build, world} = scene
  const {bucket, prefix} = placeOf(scene)
  const begun = world.account.buckets[bucket]?.objects[`${prefix}${manifestFile}`]
  const mayBegin =
    begun !== undefined && begun.modifiedAt >= build.startedAt
      ? undefined
      : put(scene, manifestFile, manifestText(scene, false))
  if (mayBegin === undefined) put(scene, tarballOf(key), tarballBytes(scene, image))
}

/** Why nothing can be exported: an image is not there, or is of another build than the others. */
function problemOf(scene: WorkScene): {log: string[]; images: string[]} | undefined {
  const missing = scene.images.filter(image => imageOf(scene, image) === undefined).map(({key}) => key)
  if (missing.length > 0) {
    const log = missing.flatMap(key => [`[${key}] manifest unknown`, `Image ${key}: FAILED`])
    return {log, images: missing}
  }
  const [first] = scene.images
  const others = scene.images.filter(
    image => originText(scene, image) !== (first && originText(scene, first)),
  )
  if (first === undefined || others.length === 0) return undefined
  const log = [first, ...others].map(
    image => `Image ${image.key} is version and commit: ${originText(scene, image)}`,
  )
  return {log, images: others.map(({key}) => key)}
}

function imageOf({tag}: WorkScene, {repository}: WorkImage): Image | undefined {
  return imagesOf(repository).find(({tags}) => tags.includes(tag))
}

function originText(scene: WorkScene, image: WorkImage): string {
  const origin = imageOf(scene, image)?.origin
  return `${origin?.version ?? ''} ${origin?.revision ?? ''}`
}

function tarballBytes(scene: WorkScene, image: WorkImage): Buffer {
  const found = imageOf(scene, image)
  return found === undefined ? Buffer.alloc(0) : packImage(image.key, found)
}

function checksumsText(scene: WorkScene): string {
  return scene.images
    .map(image => `${sha256(tarballBytes(scene, image))}  ${tarballOf(image.key)}\n`)
    .join('')
}

function manifestText(scene: WorkScene, complete: boolean): Buffer {
  const {world, images} = scene
  const [first] = images
  const origin = first && imageOf(scene, first)?.origin
  const manifest = {
    format: 1,
    complete,
    version: origin?.version || null,
    sourceCommit: origin?.revision || null,
    architecture: 'linux/amd64',
    exportedAt: `${new Date(world.now).toISOString().slice(0, 19)}Z`,
    images: complete ? images.map(image => entryOf(scene, image)) : [],
  }
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
}

function entryOf(scene: WorkScene, image: WorkImage) {
  const bytes = tarballBytes(scene, image)
  const found = imageOf(scene, image)
  return {
    key: image.key,
    tarball: tarballOf(image.key),
    bytes: bytes.length,
    sha256: sha256(bytes),
    digest: found?.digest ?? '',
    builtAt: new Date(found?.pushedAt ?? 0).toISOString(),
  }
}

function placeOf({build}: WorkScene): {bucket: string; prefix: string; address: string} {
  const bucket = variable(build, 'EXPORT_BUCKET') ?? ''
  const prefix = variable(build, 'EXPORT_PREFIX') ?? ''
  return {bucket, prefix, address: `s3://${bucket}/${prefix}`}
}

/** Undefined when it was written, else why not. */
function put(scene: WorkScene, file: string, bytes: Buffer): string | undefined {
  const {bucket, prefix} = placeOf(scene)
  const types: Record<string, string> = {[manifestFile]: 'application/json', [checksumsFile]: 'text/plain'}
  const type = types[file] ?? 'application/gzip'
  const answer = bucketAccess(scene.world, scene.role).put(bucket, `${prefix}${file}`, bytes, type)
  return 'refusal' in answer ? answer.refusal : undefined
}
