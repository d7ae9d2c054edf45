import {known} from '../context.js'
import type {Step} from '../step.js'
import type {TeardownContext} from './context.js'
import {createdAgain} from './created-again.js'
import {carriesOurTag, defaultBucketOf} from './find-what-stands.js'

/**
 * Removes the uploaded templates; last, because our bucket is the trace by which a teardown that was cut off
 * finds the rest. A bucket that carries our tag goes with all it holds. In somebody's own bucket only the
 * folder that this environment used is emptied.
 */
export function cleanTemplates(): Step<TeardownContext> {
  return {
    id: 'templates',
    title: 'Remove the uploaded templates',
    async run(context, {tell}) {
      const {aws, cleaned} = context
      const [again] = await createdAgain(context)
      if (again !== undefined) {
        const text = `Somebody creates stack ${again.stack.name} again: its templates stay`
        tell({kind: 'note', text})
        return
      }
      const locations = known(context.locations, 'the template locations')
      const buckets = new Set([...locations.map(({bucket}) => bucket), defaultBucketOf(context)])
      for (const bucket of buckets) {
        if (await carriesOurTag(context, bucket)) {
          await aws.buckets.empty(bucket)
          await aws.buckets.delete(bucket)
          cleaned.push({kind: 'bucket', name: bucket})
          tell({kind: 'note', text: `Removed bucket ${bucket}`})
        }
      }
      for (const {bucket, full} of locations) {
        if (cleaned.some(({name}) => name === bucket)) continue
        if (!isOursAlone(full, context) || (await aws.buckets.exists(bucket)) !== 'ours') continue
        const objects = await aws.buckets.empty(bucket, full)
        if (objects > 0) cleaned.push({kind: 'objects', name: `s3://${bucket}/${full}`})
      }
    },
  }
}

/** Only the environment's folder that is named after the content: any other may hold what is not ours. */
function isOursAlone(prefix: string, {environment}: TeardownContext): boolean {
  return new RegExp(`(^|/)${environment}/[0-9a-f]{12}/$`).test(prefix)
}
