import {shell} from '../../aws/command-line.js'
import {addressOf, type ImagePlace} from '../../environment/image-set.js'
import {mainTemplate} from '../../environment/stacks.js'
import {type McpgwError, refused} from '../../errors.js'
import type {ProgressSink} from '../../progress.js'
import type {ImageSetResult} from '../../results.js'
import {judgeSet} from '../images/judge-set.js'
import {lookAtSet} from '../images/look-at-set.js'
import {requireBucket} from '../images/require-bucket.js'
import type {DeployContext, DeploySettings} from './context.js'
import {templateOf} from './template-set.js'

/** The images to import, when there are any. */
export function placeOf({parameters}: Pick<DeploySettings, 'parameters'>): ImagePlace | undefined {
  const {ContainerImagesBucket: bucket, ContainerImagesPrefix: prefix = ''} = parameters
  return bucket ? {bucket, prefix} : undefined
}

/**
 * Refuses images that cannot be imported: found in the middle of a deployment, a missing tarball costs a rollback.
 * @throws exit code 2 or 3 when they cannot; ACCESS_DENIED, which is no reason to refuse: the build reads them with a
 * role of its own
 */
export async function requireImages(
  context: DeployContext,
  place: ImagePlace,
  tell: ProgressSink,
): Promise<ImageSetResult> {
  await requireBucket(context.aws, place, tell)
  const set = judgeSet(await lookAtSet(context.aws, place), versionOf(context))
  if (!set.ok) throw notUsable(set)
  return set
}

/** The version that the environment is to have: given, else that of what exists, else that of the templates. */
function versionOf({settings, existingStacks = []}: DeployContext): string {
  const name = 'GitHubBranch'
  const declared = settings.templates.files.has(mainTemplate)
    ? templateOf(settings.templates, mainTemplate).parameters[name]?.default
    : undefined
  const existing = settings.replace ? [] : existingStacks.map(({stack}) => stack.parameters[name])
  return settings.parameters[name] ?? existing.find(Boolean) ?? declared ?? ''
}

function notUsable(set: ImageSetResult): McpgwError {
  const wrong = set.images.filter(({ok}) => !ok).map(({tarball, reason}) => `${tarball}: ${reason}`)
  const isOther = set.complete && set.version !== null && set.version !== set.expectedVersion
  return refused(
    'IMAGES_NOT_USABLE',
    [`${addressOf(set)} cannot be imported.`, set.reason, ...wrong].filter(Boolean).join(' '),
    isOther
      ? `Give the set of ${set.expectedVersion} with --images or, if ${set.version} is meant, add --set GitHubBranch=${set.version}.`
      : `Export a whole set with \`mcpgw images export${shell` --to ${addressOf(set)}`}\` from an existing environment, or leave --images out to build the images.`,
  )
}
