import {createHash} from 'node:crypto'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {fits} from '../../faults/values.js'
import {pushImage} from '../ecr/images.js'
import {
  type BuildContext,
  buildContext,
  modeOf,
  variable,
  type Work,
  type WorkImage,
} from './build-context.js'
import type {BuildRecord} from './build-record.js'
import {exportImages} from './export-work.js'
import {importImages} from './import-work.js'

/** Does what the build's own scripts do, with the permissions of its role. */
export function doWork(world: World, region: Region, project: Resource, build: BuildRecord): Work {
  const context = buildContext(world, region, project, build)
  const {status, image: broken} = build.ending ?? {}
  const isBroken = ({key}: WorkImage) => broken !== undefined && fits(broken, key)
  const images = context.images.filter(image => !isBroken(image))
  const mode = modeOf(build)
  const work = {source: buildImages, import: importImages, export: exportImages}[mode]({...context, images})
  if (status === 'FAILED') {
    for (const {key} of context.images.filter(isBroken)) {
      work.log.push(`Image ${key}: FAILED`)
      work.failedImages.push(key)
    }
  }
  if (work.failedImages.length === 0 && work.failure === undefined) pushAll(context, work)
  const {length} = context.images
  if (work.failedImages.length > 0) {
    const names = work.failedImages.join(' ')
    work.log.push(`${work.failedImages.length} of ${length} images failed: ${names}`)
    work.failure = 'exit status 1'
  } else if (work.failure === undefined) work.log.push(`All ${length} images are in place.`)
  return work
}

function buildImages({build, images, specification}: BuildContext): Work {
  const version = variable(build, 'UPSTREAM_VERSION') ?? ''
  // There is no repository to ask: the same version is always the same commit.
  const origin = {version, revision: createHash('sha1').update(version).digest('hex')}
  const pin = (name: string) => new RegExp(`^${name}=(\\S+)$`, 'm').exec(specification)?.[1]
  const pinned = pin('pinned_version')
  return {
    log: [
      ...(pinned === undefined
        ? []
        : [`Pins of ${pinned}: packages as of ${pin('packages_as_of')}, uv ${pin('uv_version')}`]),
      ...images.map(({key}) => `Image ${key}: built`),
    ],
    failedImages: [],
    ready: images.map(image => ({image, origin})),
  }
}

/** Nothing is pushed before all images are ready, and the tag that the services run moves last. */
function pushAll({world, build, tag}: BuildContext, {ready = [], log}: Work): void {
  const commit = modeOf(build) === 'source' ? ready[0]?.origin?.revision : undefined
  const tags = [commit && `sha-${commit.slice(0, 12)}`, variable(build, 'IMAGE_SET'), tag].filter(
    one => one !== undefined,
  )
  for (const {image, origin} of ready) pushImage(world, image.repository, tags, origin)
  log.push(...tags.flatMap(one => ready.map(({image: {key}}) => `Image ${key}: pushed as ${one}`)))
}
