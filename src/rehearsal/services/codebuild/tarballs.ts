import {createHash} from 'node:crypto'
import {gunzipSync, gzipSync} from 'node:zlib'
import type {Image, ImageOrigin} from '../ecr/images.js'

/** The files of a set, as the scripts of the build call them. */
export const checksumsFile = 'SHA256SUMS'
export const manifestFile = 'manifest.json'

export function tarballOf(key: string): string {
  return `mcp-gateway-${key}.tar.gz`
}

/** The lines of a checksum list: hex by name. */
export function readChecksums(text: string): ReadonlyMap<string, string> {
  const lines = text.matchAll(/^([0-9a-f]{64}) [ *](\S+)$/gm)
  return new Map(Array.from(lines, ([, sum = '', name = '']) => [name, sum]))
}

/**
 * What stands for an image in a tarball of the account: a few bytes that say where it came from, and that differ from
 * image to image. The same image always gives the same bytes.
 */
export function packImage(key: string, {digest, origin}: Image): Buffer {
  return gzipSync(JSON.stringify({image: `mcp-gateway-${key}:latest`, digest, origin}))
}

/** Where the image of a tarball came from; undefined for a tarball that the account has not made. */
export function originIn(tarball: Uint8Array): ImageOrigin | undefined {
  try {
    return JSON.parse(gunzipSync(tarball).toString('utf8')).origin
  } catch {
    return undefined
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
