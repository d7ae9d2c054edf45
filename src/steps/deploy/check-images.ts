import {isLasting} from '../../aws/lasting-failures.js'
import {addressOf, type ImagePlace} from '../../environment/image-set.js'
import {mainTemplate} from '../../environment/stacks.js'
import {type McpgwError, refused} from '../../errors.js'
import type {ImageSetResult} from '../../results.js'
import {judgeSet} from '../images/judge-set.js'
import {lookAtSet} from '../images/look-at-set.js'
import {requireBucket} from '../images/require-bucket.js'
import type {Step} from '../step.js'
import type {DeployContext, DeploySettings} from './context.js'
import {templateOf} from './template-set.js'

/**
 * Refuses images that cannot be imported: found in the middle of a deployment, a missing tarball costs a rollback.
 * The build reads them with a role of its own, so that a caller who may not look is no reason to refuse.
 */
export function checkImages(): Step<DeployContext> {
  return {
    id: 'check-images',
    title: 'Check the images to import',
    skip: ({settings}) => (placeOf(settings) === undefined ? 'no images are to be imported' : undefined),
    async run(context, {tell}) {
      const {aws, settings} = context
      const place = placeOf(settings)
      if (place === undefined) return
      try {
        await requireBucket(aws, place, tell)
        const set = judgeSet(await lookAtSet(aws, place), versionOf(context))
        if (!set.ok) throw notUsable(set)
        const words = set.version === null ? 'of an unknown version' : `of version ${set.version}`
        tell({kind: 'note', text: `${addressOf(place)} holds all ${set.images.length} images, ${words}`})
      } catch (error) {
        if (!isLasting(error) || error.code !== 'ACCESS_DENIED') throw error
        const text = `${addressOf(place)} cannot be looked at, so that only the build will find what is missing: ${error.message}`
        tell({kind: 'note', text})
      }
    },
  }
}

function placeOf({parameters}: DeploySettings): ImagePlace | undefined {
  const {ContainerImagesBucket: bucket, ContainerImagesPrefix: prefix = ''} = parameters
  return bucket ? {bucket, prefix} : undefined
}

/** The version that the environment is to have: given, else as it stands, else that of the templates. */
function versionOf({settings, standing = []}: DeployContext): string {
  const name = 'GitHubBranch'
  const declared = settings.templates.files.has(mainTemplate)
    ? templateOf(settings.templates, mainTemplate).parameters[name]?.default
    : undefined
  const stands = settings.replace ? [] : standing.map(({stack}) => stack.parameters[name])
  return settings.parameters[name] ?? stands.find(Boolean) ?? declared ?? ''
}

function notUsable(set: ImageSetResult): McpgwError {
  const wrong = set.images.filter(({ok}) => !ok).map(({tarball, reason}) => `${tarball}: ${reason}`)
  const isOther = set.complete && set.version !== null && set.version !== set.expectedVersion
  return refused(
    'IMAGES_NOT_USABLE',
    [`${addressOf(set)} cannot be imported.`, set.reason, ...wrong].filter(Boolean).join(' '),
    isOther
      ? `Give the set of ${set.expectedVersion} with --images or, if ${set.version} is meant, add --set GitHubBranch=${set.version}.`
      : `Export a whole set with \`mcpgw images export --to ${addressOf(set)}\` from an environment that stands, or leave --images out to build the images.`,
  )
}
