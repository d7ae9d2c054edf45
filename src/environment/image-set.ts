import {services} from './services.js'

/** Where a set of container images lies as tarballs: a bucket, and a prefix that is empty or ends in a slash. */
export interface ImagePlace {
  readonly bucket: string
  readonly prefix: string
}

/** One image for each service, by the service's key. */
export const imageKeys: readonly string[] = services.map(({key}) => key)

/** The checksums of a set, as sha256sum writes and reads them. */
export const checksumsFile = 'SHA256SUMS'

/** What a set says of itself; written last of all, so that a set without it is not known to be whole. */
export const manifestFile = 'manifest.json'

/** What the services run on. */
export const imageArchitecture = 'linux/amd64'

/** The name of an image's tarball. */
export function tarballOf(key: string): string {
  return `mcp-gateway-${key}.tar.gz`
}

/** `s3://bucket/prefix/`, as the flags take it. */
export function addressOf({bucket, prefix}: ImagePlace): string {
  return `s3://${bucket}/${prefix}`
}

/** The variables with which a build exports the images instead of making them. */
export function exportVariables({bucket, prefix}: ImagePlace): Record<string, string> {
  return {EXPORT_BUCKET: bucket, EXPORT_PREFIX: prefix}
}

/** Where a build with these variables exports the images to; undefined for one that makes them. */
export function exportPlace(variables: Readonly<Record<string, string>>): ImagePlace | undefined {
  const {EXPORT_BUCKET: bucket, EXPORT_PREFIX: prefix = ''} = variables
  return bucket ? {bucket, prefix} : undefined
}

/** What export-images.sh writes about a set. */
export interface ImageManifest {
  readonly format: 1
  /** False from the beginning of an export until its end. */
  readonly complete: boolean
  /** What the images say of themselves; null when they say nothing. */
  readonly version: string | null
  readonly sourceCommit: string | null
  readonly architecture: string
  /** ISO 8601, UTC. */
  readonly exportedAt: string
  /** Empty until the export is complete. */
  readonly images: readonly ManifestImage[]
}

/** One image of a set. What is in it is told as far as it is known; exports of earlier releases tell nothing of that. */
export interface ManifestImage {
  readonly key: string
  readonly tarball: string
  readonly bytes: number
  /** Of the tarball, in hex. */
  readonly sha256: string
  /** Of the image in the repository that it was exported from, `sha256:…`. */
  readonly digest: string
  /** ISO 8601. */
  readonly builtAt: string
  /** What it was built from, `name@sha256:…`. */
  readonly base?: string
  /** Its Python packages as uv lists them, `name==version` or `name @ address`. */
  readonly packages?: readonly string[]
  /** Checksums of its embeddings models in hex, by file. */
  readonly models?: Readonly<Record<string, string>>
}

/** Reads a manifest; a text instead says why it is none. */
export function readManifest(text: string): ImageManifest | string {
  const value = parsed(text)
  if (!isObject(value)) return 'it is not a JSON object'
  if (value.format !== 1)
    return `its format is ${JSON.stringify(value.format)}, and this mcpgw knows format 1`
  const {complete, version, sourceCommit, architecture, exportedAt, images} = value
  const isSound =
    typeof complete === 'boolean' &&
    isTextOrNull(version) &&
    isTextOrNull(sourceCommit) &&
    typeof architecture === 'string' &&
    typeof exportedAt === 'string' &&
    Array.isArray(images) &&
    images.every(isManifestImage)
  if (!isSound) return 'a member is missing or of the wrong type'
  return {format: 1, complete, version, sourceCommit, architecture, exportedAt, images}
}

/** Reads the lines of SHA256SUMS: checksums in hex by the name of the file. Other lines are left out. */
export function readChecksums(text: string): ReadonlyMap<string, string> {
  const lines = text.matchAll(/^([0-9a-f]{64}) [ *](\S+)\r?$/gm)
  return new Map(Array.from(lines, ([, sum = '', name = '']) => [name, sum]))
}

function isManifestImage(value: unknown): value is ManifestImage {
  return (
    isObject(value) &&
    ['key', 'tarball', 'sha256', 'digest', 'builtAt'].every(name => typeof value[name] === 'string') &&
    Number.isSafeInteger(value.bytes) &&
    (value.base === undefined || typeof value.base === 'string') &&
    (value.packages === undefined || (Array.isArray(value.packages) && value.packages.every(isText))) &&
    (value.models === undefined || (isObject(value.models) && Object.values(value.models).every(isText)))
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}
