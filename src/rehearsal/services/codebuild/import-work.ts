import {bucketAccess} from '../s3/bucket-access.js'
import {type BuildContext, variable, type Work, type WorkImage} from './build-context.js'
import {checksumsFile, originIn, readChecksums, sha256, tarballOf} from './tarballs.js'

/** What import-images.sh does: nothing unless the set is whole, then each image by itself. */
export function importImages(context: BuildContext): Work {
  const bucket = variable(context.build, 'CONTAINER_IMAGES_BUCKET') ?? ''
  const prefix = variable(context.build, 'CONTAINER_IMAGES_PREFIX') ?? ''
  const address = `s3://${bucket}/${prefix}`
  const access = bucketAccess(context.world, context.role)
  const work: Work = {log: [], failedImages: []}
  const fail = (...lines: string[]) => {
    work.log.push(...lines)
    work.failure = 'exit status 1'
    return work
  }

  const listed = access.list(bucket, prefix)
  if ('refusal' in listed)
    return fail(listed.refusal, `Cannot tell what ${address} holds, so that nothing is imported.`)
  const isThere = (file: string) => listed.value.includes(`${prefix}${file}`)
  const missing = context.images.filter(({key}) => !isThere(tarballOf(key)))
  if (missing.length > 0) {
    work.log.push(...missing.map(({key}) => `Missing: ${address}${tarballOf(key)}`))
    work.failedImages.push(...missing.map(({key}) => key))
    return work
  }
  let checksums: ReadonlyMap<string, string> | undefined
  if (isThere(checksumsFile)) {
    const read = access.get(bucket, `${prefix}${checksumsFile}`)
    if ('refusal' in read) return fail(read.refusal)
    checksums = readChecksums(read.value.toString('utf8'))
  } else work.log.push(`No ${address}${checksumsFile}: the tarballs are taken unchecked.`)

  work.ready = []
  for (const image of context.images) {
    const problems = loadImage(image)
    work.log.push(...problems.map(line => `[${image.key}] ${line}`))
    work.log.push(`Image ${image.key}: ${problems.length > 0 ? 'FAILED' : 'loaded'}`)
    if (problems.length > 0) work.failedImages.push(image.key)
  }
  return work

  function loadImage(image: WorkImage): string[] {
    const tarball = tarballOf(image.key)
    const read = access.get(bucket, `${prefix}${tarball}`)
    if ('refusal' in read) return [read.refusal, `Not readable: ${address}${tarball}`]
    if (checksums !== undefined && checksums.get(tarball) !== sha256(read.value))
      return [`${address}${tarball} does not match ${checksumsFile}`]
    work.ready?.push({image, origin: originIn(read.value)})
    return []
  }
}
