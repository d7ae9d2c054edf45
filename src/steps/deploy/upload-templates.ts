import {known} from '../context.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'

/** Uploads the templates under a key made of their content: what is there already is the same and is skipped. */
export function uploadTemplates(): Step<DeployContext> {
  return {
    id: 'upload-templates',
    title: 'Upload the templates',
    async run(context, {tell}) {
      const {bucket, prefix} = known(context.templateLocation, 'the template location')
      const uploads = [...context.settings.templates.files.values()].map(async ({name, text}) => {
        const key = `${prefix}${name}`
        if (await context.aws.buckets.has(bucket, key)) return false
        await context.aws.buckets.put(bucket, key, text, 'application/yaml')
        return true
      })
      const uploaded = (await Promise.all(uploads)).filter(Boolean).length
      const words = uploaded === 0 ? 'All templates are there already' : `Uploaded ${uploaded} templates`
      tell({kind: 'note', text: `${words}: s3://${bucket}/${prefix}`})
    },
  }
}
