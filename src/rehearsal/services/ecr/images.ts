import {createHash} from 'node:crypto'
import type {Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'

export const repositoryType = 'AWS::ECR::Repository'

/** An image in a repository; `AWS::ECR::Repository` resources keep them in `data.images`. */
export interface Image {
  digest: string
  /** Its manifest, whose checksum the digest is; an account of an earlier release has none. */
  manifest?: string
  tags: string[]
  pushedAt: number
  sizeInBytes: number
  /** What the build says in it; an image that somebody else built may say nothing. */
  origin?: ImageOrigin
  /** Debian's own site is in its nginx, and answers for names that the application does not claim. */
  defaultSite?: true
}

/** The labels `org.opencontainers.image.version` and `….revision` of an image. */
export interface ImageOrigin {
  version: string
  revision: string
}

/** The images of a repository, oldest first. */
export function imagesOf(repository: Resource): Image[] {
  repository.data.images ??= []
  return repository.data.images as Image[]
}

/** What a manifest of the account is. Source: Docker image manifest version 2, schema 2. */
export const manifestMediaType = 'application/vnd.docker.distribution.manifest.v2+json'

export function digestOf(manifest: string): string {
  return `sha256:${createHash('sha256').update(manifest).digest('hex')}`
}

/** Gives an image a tag, which moves from the image that had it, as in a repository with mutable tags. */
export function tagImage(repository: Resource, image: Image, tag: string): void {
  for (const other of imagesOf(repository)) other.tags = other.tags.filter(name => name !== tag)
  image.tags.push(tag)
}

/** Pushes an image under one or more tags. */
export function pushImage(
  world: World,
  repository: Resource,
  tags: string | readonly string[],
  origin?: ImageOrigin,
): Image {
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestMediaType,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      digest: `sha256:${world.newHex(64)}`,
    },
    layers: [],
  })
  const image: Image = {
    digest: digestOf(manifest),
    manifest,
    tags: [],
    pushedAt: world.now,
    sizeInBytes: 150_000_000 + Math.round(world.chance('image size', repository.physicalId) * 350_000_000),
    ...(origin && {origin}),
  }
  imagesOf(repository).push(image)
  for (const tag of [tags].flat()) tagImage(repository, image, tag)
  return image
}

/** An image's address taken apart. */
export interface ImageAddress {
  /** Region of the ECR registry; undefined for an image from elsewhere. */
  region?: string
  repository: string
  /** Tag, or digest when it starts with `sha256:`. */
  reference: string
}

const ecrHost = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\//

export function parseImage(address: string): ImageAddress {
  const region = ecrHost.exec(address)?.[1]
  const path = address.replace(ecrHost, '')
  const [byDigest, digest] = path.split('@')
  if (digest) return {region, repository: byDigest ?? path, reference: digest}
  const colon = path.lastIndexOf(':')
  return colon > path.lastIndexOf('/')
    ? {region, repository: path.slice(0, colon), reference: path.slice(colon + 1)}
    : {region, repository: path, reference: 'latest'}
}

/** The image at an address in the account's own registry. */
export function imageAt(world: World, address: string): Image | undefined {
  const {region, repository, reference} = parseImage(address)
  const home =
    region === undefined ? undefined : world.resource(world.region(region), repositoryType, repository)
  return home && imagesOf(home).find(({digest, tags}) => digest === reference || tags.includes(reference))
}

/**
 * Whether a task can pull this image. What lies outside the account's own registry is taken to exist: there
 * is no outside in the embedded account.
 */
export function imageExists(world: World, address: string): boolean {
  return parseImage(address).region === undefined || imageAt(world, address) !== undefined
}
