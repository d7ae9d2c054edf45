import {imagesType} from '../../timings/measured.js'
import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import type {PlanContext} from './context.js'
import {creationLinks} from './creation-links.js'
import {buildMode} from './creation-seconds.js'
import {environmentStacks} from './environment-stacks.js'
import {timelineOf} from './timeline.js'

/** Finds out what getting the images the other way would take. */
export function compareWays(): Step<PlanContext> {
  return {
    id: 'compare-ways',
    title: 'Compare alternatives',
    skip: ({operation}) => (operation === 'delete' ? 'a teardown makes no images' : undefined),
    async run(context) {
      const stacks = requireContext(context.stacks, 'the stacks')
      const images = stacks
        .flatMap(({resources}) => resources)
        .find(({declaration}) => declaration.type === imagesType)
      if (images === undefined) return
      const other =
        buildMode(images) === 'source' ? {bucket: 'prebuilt-images', prefix: 'v1/'} : {bucket: '', prefix: ''}
      const parameters = {
        ...context.settings.parameters,
        ContainerImagesBucket: other.bucket,
        ContainerImagesPrefix: other.prefix,
      }
      context.otherImagesSeconds = timelineOf(
        creationLinks(environmentStacks(context, parameters), context),
      ).seconds
    },
  }
}
