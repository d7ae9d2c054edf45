/** Which bucket and key an S3 request is about: path style, virtual-host style, and the service itself. */
import {AwsError} from './errors.js'
import type {WireRequest} from './message.js'

export interface S3Address {
  readonly bucket?: string
  readonly key?: string
}

// bucket.s3.amazonaws.com, bucket.s3.us-west-2.amazonaws.com, bucket.s3-us-west-2.amazonaws.com,
// bucket.s3.dualstack.us-west-2.amazonaws.com; the bucket itself may contain dots.
const VIRTUAL_HOST =
  /^(?<bucket>.+?)\.s3(?:-accelerate|-website)?(?:\.dualstack)?(?:[.-][a-z]{2}[a-z0-9-]*)?\.amazonaws\.com(?:\.cn)?$/
const LOCAL_HOST = /^(?<bucket>.+)\.(?:localhost|127\.0\.0\.1)$/

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", {cause})
  }
}

/** The bucket that a host name stands for, if it is a virtual-host address. */
export const bucketOfHost = (host: string): string | undefined =>
  (VIRTUAL_HOST.exec(host) ?? LOCAL_HOST.exec(host))?.groups?.bucket

/** Throws `InvalidURI` for a broken percent escape. */
export function addressOf({host, path}: Pick<WireRequest, 'host' | 'path'>): S3Address {
  const rest = path.replace(/^\//, '')
  const virtual = bucketOfHost(host)
  if (virtual !== undefined) return {bucket: virtual, key: decodePath(rest) || undefined}
  const slash = rest.indexOf('/')
  const bucket = slash < 0 ? rest : rest.slice(0, slash)
  const key = slash < 0 ? '' : rest.slice(slash + 1)
  return {bucket: decodePath(bucket) || undefined, key: decodePath(key) || undefined}
}
