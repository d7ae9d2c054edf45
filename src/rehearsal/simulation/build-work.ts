import {createHash} from 'node:crypto'
import type {Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'
import {fits} from '../faults/values.js'
import type {BuildRecord} from './build-record.js'
import {exportImages} from './export-work.js'
import {pushImage} from './images.js'
import {importImages} from './import-work.js'
import {text} from './values.js'
import {modeOf, sceneOf, variable, type Work, type WorkImage, type WorkScene} from './work-scene.js'

/** Does what the build's own scripts do, with the permissions of its role. */
export function doWork(world: World, region: Region, project: Resource, build: BuildRecord): Work {
  const scene = sceneOf(world, region, project, build)
  const {status, image: broken} = build.ending ?? {}
  const isBroken = ({key}: WorkImage) => broken !== undefined && fits(broken, key)
  const images = scene.images.filter(image => !isBroken(image))
  const mode = modeOf(build)
  const work = {source: buildImages, import: importImages, export: exportImages}[mode]({...scene, images})
  if (status === 'FAILED') {
    for (const {key} of scene.images.filter(isBroken)) {
      work.log.push(`Image ${key}: FAILED`)
      work.failedImages.push(key)
    }
  }
  const {length} = scene.images
  if (work.failedImages.length > 0) {
    const names = work.failedImages.join(' ')
    work.log.push(`${work.failedImages.length} of ${length} images failed: ${names}`)
    work.failure = 'exit status 1'
  } else if (work.failure === undefined) work.log.push(`All ${length} images are in place.`)
  return work
}

function buildImages({world, build, tag, images}: WorkScene): Work {
  const version = variable(build, 'UPSTREAM_VERSION') ?? ''
  // There is no repository to ask: the same version is always the same commit.
  const origin = {version, revision: createHash('sha1').update(version).digest('hex')}
  const log = images.flatMap(({key, repository}) => {
    pushImage(world, repository, tag, origin)
    return [`[${key}] ${text(repository.attributes.RepositoryUri)}:${tag}`, `Image ${key}: pushed`]
  })
  return {log, failedImages: []}
}
