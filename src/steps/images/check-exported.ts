import {addressOf} from '../../environment/image-set.js'
import {failed} from '../../errors.js'
import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import {checkSet} from './check-set.js'
import type {ExportContext} from './context.js'

/** Holds what lies in the bucket to what the export says that it wrote. */
export function checkExported(): Step<ExportContext> {
  const check = checkSet()
  return {
    ...check,
    skip: ({set}) => (set === undefined ? undefined : 'they were checked already'),
    async run(context, tools) {
      await check.run(context, tools)
      const {ok, reason, images} = requireContext(context.set, 'the set')
      if (ok) return
      const wrong = images.filter(image => !image.ok).map(({tarball, reason}) => `${tarball}: ${reason}`)
      throw failed(
        'EXPORT_NOT_WHOLE',
        [`The export ended well, but ${addressOf(context.place)} is not as it should be.`, reason, ...wrong]
          .filter(Boolean)
          .join(' '),
        {
          hint: `Someone else may have written there at the same time. Run \`${context.commandLine('images export')}\` again.`,
          resource: addressOf(context.place),
        },
      )
    },
  }
}
