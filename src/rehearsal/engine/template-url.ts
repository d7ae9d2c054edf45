import type {World} from '../account/world.js'
import {ResourceFailure} from '../resources/resource-provider.js'

/** Bytes a template in S3 may have. Source: CloudFormation quotas. */
const maxTemplateBytes = 1_000_000

/**
 * The text behind a template URL of the account's own buckets.
 * @throws ResourceFailure with CloudFormation's message: unsupported URL, missing bucket or key, too big.
 */
export function templateAt(world: World, url: string): string {
  const {bucketName, key} = bucketAndKey(url)
  const bucket = world.account.buckets[bucketName]
  if (!bucket) throw new ResourceFailure('S3 error: The specified bucket does not exist')
  const object = bucket.objects[key]
  if (!object) throw new ResourceFailure('S3 error: The specified key does not exist.')
  if (object.size > maxTemplateBytes) {
    throw new ResourceFailure(`Template may not exceed ${maxTemplateBytes} bytes in size.`)
  }
  return Buffer.from(object.body, 'base64').toString('utf8')
}

/** Where S3 takes a bucket's name from the path: its own hosts, and this account's, which clients are pointed at. */
const pathStyle = /^(?:s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?|localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Virtual-hosted (`bucket.s3.region.amazonaws.com/key`) and path style (`s3.region.amazonaws.com/bucket/key`). */
function bucketAndKey(url: string): {bucketName: string; key: string} {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    throw new ResourceFailure('TemplateURL must be a supported URL.')
  }
  if (parsed.protocol === 's3:') throw notS3(parsed.hostname)
  if (!/^https?:$/.test(parsed.protocol)) throw new ResourceFailure('TemplateURL must be a supported URL.')
  const path = decodeURIComponent(parsed.pathname.slice(1))
  const virtual = /^(.+)\.s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/.exec(parsed.hostname)
  if (virtual?.[1]) return {bucketName: virtual[1], key: path}
  if (pathStyle.test(parsed.hostname)) {
    const slash = path.indexOf('/')
    return {bucketName: path.slice(0, slash), key: path.slice(slash + 1)}
  }
  throw notS3(parsed.hostname)
}

function notS3(hostname: string): ResourceFailure {
  return new ResourceFailure(
    `S3 error: Domain name specified in ${hostname.split('.')[0]} is not a valid S3 domain`,
  )
}
