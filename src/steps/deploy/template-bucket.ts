import type {Aws} from '../../aws/aws.js'
import {defaultTemplateBucket, environmentTag} from '../../environment/names.js'
import {refused} from '../../errors.js'
import {requireContext} from '../context.js'
import {usedLocation} from '../stacks/template-location.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'

/** Settles where the templates go, and refuses a bucket of somebody else before anything is changed. */
export function chooseTemplateBucket(): Step<DeployContext> {
  return {
    id: 'choose-template-bucket',
    title: 'Choose the template bucket',
    async run(context) {
      const {bucket, prefix} = templateFolder(context)
      await requireOwnBucket(context.aws, bucket)
      context.templateLocation = {bucket, prefix: `${prefix}${context.settings.templates.digest}/`}
    },
  }
}

/** Where the templates of the environment go, whatever is in them. */
export function templateFolder({aws, environment, settings, identity, existingStacks}: DeployContext): {
  bucket: string
  prefix: string
} {
  const {account} = requireContext(identity, 'the account')
  // Where an existing environment keeps its templates, they stay: moving them would be a needless update.
  const used = requireContext(existingStacks, 'what exists')
    .map(({stack}) => usedLocation(stack))
    .find(location => location !== undefined)
  const bucket =
    settings.templateBucket ?? used?.bucket ?? defaultTemplateBucket(environment, account, aws.region)
  const given = settings.templatePrefix
  const prefix = given === undefined ? (used?.base ?? `${environment}/`) : ownFolder(given, environment)
  return {bucket, prefix}
}

/** @throws exit code 3 when it is somebody else's; a bucket that does not exist will be ours */
export async function requireOwnBucket(aws: Aws, bucket: string): Promise<'ours' | 'absent'> {
  const state = await aws.buckets.exists(bucket)
  if (state !== 'other-account') return state
  throw refused(
    'BUCKET_NOT_OURS',
    `The bucket ${bucket} belongs to another account, or these credentials may not read it.`,
    'Name a bucket of your own with --template-bucket; it is created when it does not exist.',
  )
}

/** Several environments may be given one prefix, and each one's teardown empties its folder. */
function ownFolder(prefix: string, environment: string): string {
  return `/${prefix}`.endsWith(`/${environment}/`) ? prefix : `${prefix}${environment}/`
}

/** Makes sure that there is a private bucket for the templates. */
export function ensureTemplateBucket(): Step<DeployContext> {
  return {
    id: 'template-bucket',
    title: 'Prepare the template bucket',
    async run({aws, environment, identity, templateLocation}, {tell}) {
      const {bucket} = requireContext(templateLocation, 'the template location')
      const {account} = requireContext(identity, 'the account')
      const isNew = (await aws.buckets.exists(bucket)) === 'absent'
      // A run that was cut off may have left the bucket of our own name open; anybody else's stays as it is.
      const isOurs = bucket === defaultTemplateBucket(environment, account, aws.region)
      if (!isNew && (!isOurs || (await aws.buckets.isProtected(bucket)))) return
      await aws.buckets.create(bucket, aws.region, {[environmentTag]: environment})
      const what = isNew ? 'Created' : 'Protected'
      tell({kind: 'note', text: `${what} bucket ${bucket} (private, encrypted, TLS only)`})
    },
  }
}
