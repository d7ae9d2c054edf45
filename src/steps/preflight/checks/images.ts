import {isPermanent} from '../../../aws/permanent-failures.js'
import {addressOf} from '../../../environment/image-set.js'
import {placeOf, requireImages} from '../../deploy/require-images.js'
import {type Check, pass, skip, warn} from '../check.js'

/** Whether the images to import are whole and of the right version. */
export const images: Check = {
  id: 'images',
  title: 'Images to import',
  looksAt: 'with `--images`: the image set, in the same way as `images check`',
  blocksWhen: 'it is incomplete, or has another version',
  async run(context) {
    const place = placeOf(context.settings)
    if (place === undefined) return pass('none: the images are built')
    const address = addressOf(place)
    const remarks: string[] = []
    try {
      const set = await requireImages(context, place, event => {
        if (event.kind === 'note') remarks.push(event.text)
      })
      const version = set.version === null ? 'of an unknown version' : `of version ${set.version}`
      const whole = `${address} holds all ${set.images.length} images, ${version}`
      const [remark] = remarks
      return remark === undefined
        ? pass(whole)
        : warn(`${whole}. ${remark}`, 'Copy them to a bucket in this region before a class.')
    } catch (error) {
      if (!isPermanent(error) || error.code !== 'ACCESS_DENIED') throw error
      return skip(
        `${address} cannot be read, so only the build will notice what is missing: ${error.message}`,
      )
    }
  },
}
