import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import type {ImageSetContext} from './context.js'
import {judgeSet} from './judge-set.js'
import {lookAtSet} from './look-at-set.js'
import {requireBucket} from './require-bucket.js'

/** Finds out whether a set is whole, and of which version. */
export function checkSet(): Step<ImageSetContext> {
  return {
    id: 'check-images',
    title: 'Check the images in the bucket',
    async run(context, {tell}) {
      const {aws, place, expectedVersion} = context
      await requireBucket(aws, place, tell)
      context.set = judgeSet(
        await lookAtSet(aws, place),
        requireContext(expectedVersion, 'the wanted version'),
      )
    },
  }
}
