import type {Build, Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'
import {pushImage, repositoryType} from './images.js'
import {roleAllows} from './permissions.js'
import {text} from './values.js'

/** What a build's commands did. */
export interface Work {
  /** What they wrote. */
  log: string[]
  /** Why they failed; undefined when they did not. */
  failure?: string
  /** Names of images that failed, for the exported variable. */
  failedImages: string[]
}

/** A build's environment variable, or undefined when it is empty. */
export function variable(build: Build, name: string): string | undefined {
  return build.environment.find(entry => entry.name === name)?.value || undefined
}

/**
 * Pushes an image into every repository that the project's role may push to. When the images come from a
 * bucket, a tarball that is not there fails the build, as the build's own script does.
 */
export function doWork(world: World, region: Region, project: Resource, build: Build): Work {
  const tag = variable(build, 'IMAGE_TAG') ?? 'latest'
  const role = text(project.properties.ServiceRole) ?? ''
  const repositories = world
    .resourcesOf(region, repositoryType)
    .filter(({attributes}) => roleAllows(world, role, 'ecr:PutImage', text(attributes.Arn) ?? ''))
  const work: Work = {log: [], failedImages: []}
  for (const repository of repositories) {
    const key = keyOf(build, repository)
    const missing = missingTarball(world, build, key)
    if (missing) {
      work.log.push(`[${key}] Missing or not readable: ${missing}`, `Image ${key}: FAILED`)
      work.failedImages.push(key)
      continue
    }
    pushImage(world, repository, tag)
    work.log.push(`[${key}] ${text(repository.attributes.RepositoryUri)}:${tag}`, `Image ${key}: pushed`)
  }
  if (work.failedImages.length > 0) {
    work.log.push(
      `${work.failedImages.length} of ${repositories.length} images failed: ${work.failedImages.join(' ')}`,
    )
    work.failure = 'exit status 1'
  } else work.log.push(`All ${repositories.length} images are in place.`)
  return work
}

function keyOf(build: Build, repository: Resource): string {
  const prefix = `${variable(build, 'REPOSITORY_PREFIX') ?? ''}-`
  return repository.physicalId.startsWith(prefix)
    ? repository.physicalId.slice(prefix.length)
    : repository.physicalId
}

function missingTarball(world: World, build: Build, key: string): string | undefined {
  const bucket = variable(build, 'CONTAINER_IMAGES_BUCKET')
  if (!bucket) return undefined
  const object = `${variable(build, 'CONTAINER_IMAGES_PREFIX') ?? ''}mcp-gateway-${key}.tar.gz`
  return world.account.buckets[bucket]?.objects[object] ? undefined : `s3://${bucket}/${object}`
}
