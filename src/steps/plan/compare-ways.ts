import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import type {PlanContext} from './context.js'
import {buildMode, imagesType} from './creation-seconds.js'
import {environmentStacks} from './environment-stacks.js'
import {timelineOf} from './timeline.js'

/** Finds out what other ways would take: one stack after another, and getting the images the other way. */
export function compareWays(): Step<PlanContext> {
  return {
    id: 'compare-ways',
    title: 'Compare with other ways',
    async run(context) {
      const stacks = requireContext(context.stacks, 'the stacks')
      context.serialSeconds = timelineOf(stacks, {serial: true}).seconds
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
      context.otherImagesSeconds = timelineOf(environmentStacks(context, parameters)).seconds
    },
  }
}
