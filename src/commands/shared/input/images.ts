import {invalidInput} from '../../../errors.js'

/** Where prebuilt images lie: the bucket, and a prefix that is empty or ends in a slash. */
export interface ImageSet {
  bucket: string
  prefix: string
}

/**
 * Reads `s3://bucket/prefix/`.
 * @throws exit code 2
 */
export function parseImages(text: string): ImageSet {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text) ?? []
  if (bucket === undefined || prefix.startsWith('/')) {
    throw invalidInput(
      'INVALID_IMAGES',
      `--images must be s3://bucket/prefix/, not "${text}".`,
      'Name the bucket and the prefix that hold the image tarballs, for example --images s3://my-bucket/mcp-gateway/v1.0.7/.',
    )
  }
  return {bucket, prefix: withSlash(prefix)}
}

/** A key prefix is empty or ends in a slash, else it would run into the file names. */
export function withSlash(prefix: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
}
