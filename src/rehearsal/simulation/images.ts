import type {Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'

export const repositoryType = 'AWS::ECR::Repository'

/** An image in a repository; `AWS::ECR::Repository` resources keep them in `data.images`. */
export interface Image {
  digest: string
  tags: string[]
  pushedAt: number
  sizeInBytes: number
  /** What the build says in it; an image that somebody else built may say nothing. */
  origin?: ImageOrigin
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

/** Pushes an image; a tag moves from the image that had it, as in a repository with mutable tags. */
export function pushImage(world: World, repository: Resource, tag: string, origin?: ImageOrigin): Image {
  const images = imagesOf(repository)
  for (const image of images) image.tags = image.tags.filter(other => other !== tag)
  const image: Image = {
    digest: `sha256:${world.newHex(64)}`,
    tags: [tag],
    pushedAt: world.now,
    sizeInBytes: 150_000_000 + Math.round(world.chance('image size', repository.physicalId) * 350_000_000),
    ...(origin && {origin}),
  }
  images.push(image)
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

/**
 * Whether a task can pull this image. What lies outside the account's own registry is taken to exist: there
 * is no outside in the embedded account.
 */
export function imageExists(world: World, address: string): boolean {
  const {region, repository, reference} = parseImage(address)
  if (!region) return true
  const home: Region = world.region(region)
  const found = world.resource(home, repositoryType, repository)
  return (
    found !== undefined && imagesOf(found).some(i => i.digest === reference || i.tags.includes(reference))
  )
}
