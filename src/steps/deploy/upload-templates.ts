import {McpgwError} from '../../errors.js'
import {withoutResources} from '../../template/without-resources.js'
import {requireContext} from '../context.js'
import type {NestedStack} from '../stacks/nested.js'
import type {StackTarget} from '../stacks/stack-targets.js'
import type {Step, StepTools} from '../step.js'
import type {DeployContext} from './context.js'
import {ensureTemplateBucket} from './template-bucket.js'

/** Of the clock. Longer than a teardown takes to empty and delete the bucket, which is the last that it removes. */
const pauseMs = 15_000

/** Uploads the templates under a key made of their content: what is there already is the same and is skipped. */
export function uploadTemplates(): Step<DeployContext> {
  return {
    id: 'upload-templates',
    title: 'Upload the templates',
    run: (context, tools) => withTemplates(context, tools, () => upload(context, tools)),
  }
}

/**
 * Does what needs the templates in their bucket, and once more with new ones when they were removed meanwhile: a
 * teardown of the same environment that comes to its end removes the bucket, whoever has just put templates there.
 */
export async function withTemplates<T>(
  context: DeployContext,
  tools: StepTools,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof McpgwError) || error.code !== 'BUCKET_GONE') throw error
    const {bucket} = requireContext(context.templateLocation, 'the template location')
    const text = `Someone removed the templates from bucket ${bucket} in the meantime: uploading them again`
    tools.tell({kind: 'note', text})
    await context.clock.sleep(pauseMs, tools.signal)
    await ensureTemplateBucket().run(context, tools)
    await upload(context, tools)
    return work()
  }
}

/**
 * Uploads a unit's template once more, without the resources of nested stacks that are gone, beside the others.
 * @returns its name in the folder
 */
export async function uploadWithout(
  context: DeployContext,
  {template}: StackTarget,
  gone: readonly NestedStack[],
): Promise<string> {
  const {bucket, prefix} = requireContext(context.templateLocation, 'the template location')
  const {text = ''} = context.settings.templates.files.get(template) ?? {}
  const logicalIds = gone.map(({logicalId}) => logicalId)
  const name = template.replace(/\.yaml$/, `.without-${logicalIds.join('-')}.yaml`)
  const rest = withoutResources(text, logicalIds)
  await context.aws.buckets.put(bucket, `${prefix}${name}`, rest, 'application/yaml')
  return name
}

async function upload(context: DeployContext, {tell}: Pick<StepTools, 'tell'>): Promise<void> {
  const {bucket, prefix} = requireContext(context.templateLocation, 'the template location')
  const uploads = [...context.settings.templates.files.values()].map(async ({name, text}) => {
    const key = `${prefix}${name}`
    if (await context.aws.buckets.has(bucket, key)) return false
    await context.aws.buckets.put(bucket, key, text, 'application/yaml')
    return true
  })
  const uploaded = (await Promise.all(uploads)).filter(Boolean).length
  const words = uploaded === 0 ? 'All templates are there already' : `Uploaded ${uploaded} templates`
  tell({kind: 'note', text: `${words}: s3://${bucket}/${prefix}`})
}
