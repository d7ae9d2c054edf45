import {addressOf, manifestFile} from '../../environment/image-set.js'
import {type McpgwError, refused} from '../../errors.js'
import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import type {ExportContext} from './context.js'
import {type FoundSet, judgeSet} from './judge-set.js'
import {lookAtSet} from './look-at-set.js'
import {requireBucket} from './require-bucket.js'

/** Looks at what lies in the bucket, decides what is to be done, and refuses to overwrite images of another version. */
export function lookAtTarget(): Step<ExportContext> {
  return {
    id: 'look-at-target',
    title: 'Inspect the bucket',
    async run(context, {tell}) {
      const {aws, place, earlier, overwrite} = context
      await requireBucket(aws, place, tell)
      const found = await lookAtSet(aws, place)
      const set = judgeSet(found, requireContext(context.expectedVersion, 'the version of the images'))
      if (earlier?.complete === false) {
        context.operation = 'attached'
        tell({kind: 'note', text: `These images are being exported already: following ${earlier.id}`})
      } else if (earlier !== undefined && set.ok) {
        context.operation = 'none'
        context.set = set
        tell({kind: 'note', text: `${addressOf(place)} holds these images already`})
      } else {
        const other = otherImages(found, set.expectedVersion)
        if (other !== undefined && !overwrite) throw wouldOverwrite(context, other)
        context.operation = 'export'
      }
    },
  }
}

/** What lies there that is not an earlier or unfinished export of the same version. */
function otherImages({manifest, files}: FoundSet, version: string): string | undefined {
  if (typeof manifest === 'string') return `a ${manifestFile} that cannot be read (${manifest})`
  if (manifest === undefined) return files.size === 0 ? undefined : 'images of an unknown version'
  if (manifest.version === version) return undefined
  return manifest.version === null ? 'images of an unknown version' : `images of version ${manifest.version}`
}

function wouldOverwrite({place, expectedVersion, environment}: ExportContext, other: string): McpgwError {
  return refused(
    'OTHER_IMAGES',
    `${addressOf(place)} holds ${other}; the images of ${environment} are version ${expectedVersion}.`,
    'Give another prefix with --to, or add --yes to overwrite what is there.',
  )
}
