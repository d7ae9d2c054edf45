import type {ImagePlace} from '../environment/image-set.js'
import {invalidInput} from '../errors.js'

/**
 * Reads `s3://bucket/prefix/`.
 * @throws exit code 2
 */
export function parseImages(text: string, flag = '--images'): ImagePlace {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text) ?? []
  if (bucket === undefined || prefix.startsWith('/')) {
    throw invalidInput(
      'INVALID_IMAGES',
      `${flag} must be s3://bucket/prefix/, not "${text}".`,
      `Name the bucket (3 to 63 characters) and the prefix of the image tarballs, for example ${flag} s3://my-bucket/mcp-gateway/v1.0.7/.`,
    )
  }
  return {bucket, prefix: withSlash(prefix)}
}

/** A key prefix is empty or ends in a slash, else it would run into the file names. */
export function withSlash(prefix: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
}
