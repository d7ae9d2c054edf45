import type {Build, Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {record, text} from '../../resources/values.js'
import {type ImageOrigin, repositoryType} from '../ecr/images.js'
import {roleAllows} from '../iam/permissions.js'

/** What a build's commands did. */
export interface Work {
  /** What they wrote. */
  log: string[]
  /** Why they failed; undefined when they did not. */
  failure?: string
  /** Names of images that failed, for the exported variable. */
  failedImages: string[]
  /** What is ready to be pushed, when nothing has failed. */
  ready?: {image: WorkImage; origin?: ImageOrigin}[]
}

/** An image that a build works on, with its repository. */
export interface WorkImage {
  key: string
  repository: Resource
}

/** What a build is about: the images whose repositories its role may push to, in whose name it acts. */
export interface BuildContext {
  world: World
  build: Build
  role: string
  tag: string
  /** What the project runs, with the scripts in it. */
  specification: string
  images: WorkImage[]
}

/** A build's environment variable, or undefined when it is empty. */
export function variable(build: Build, name: string): string | undefined {
  return build.environment.find(entry => entry.name === name)?.value || undefined
}

/** What images.sh does, as the variables of the build tell it. */
export type BuildMode = 'source' | 'import' | 'export'

export function modeOf(build: Build): BuildMode {
  if (variable(build, 'EXPORT_BUCKET')) return 'export'
  return variable(build, 'CONTAINER_IMAGES_BUCKET') ? 'import' : 'source'
}

export function buildContext(world: World, region: Region, project: Resource, build: Build): BuildContext {
  const role = text(project.properties.ServiceRole) ?? ''
  const images = world
    .resourcesOf(region, repositoryType)
    .filter(({attributes}) => roleAllows(world, role, 'ecr:PutImage', text(attributes.Arn) ?? ''))
    .map(repository => ({key: keyOf(build, repository), repository}))
  const specification = text(record(project.properties.Source).BuildSpec) ?? ''
  return {world, build, role, tag: variable(build, 'IMAGE_TAG') ?? 'latest', specification, images}
}

function keyOf(build: Build, repository: Resource): string {
  const prefix = `${variable(build, 'REPOSITORY_PREFIX') ?? ''}-`
  return repository.physicalId.startsWith(prefix)
    ? repository.physicalId.slice(prefix.length)
    : repository.physicalId
}
