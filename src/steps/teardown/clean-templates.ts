import {awsCommand, shell} from '../../aws/command-line.js'
import {commandsToDelete, deletingCommand} from '../../aws/deleting-command.js'
import {environmentTag} from '../../environment/names.js'
import {requireContext} from '../context.js'
import type {UsedLocation} from '../stacks/template-location.js'
import type {Step, StepTools} from '../step.js'
import {ownerOf} from './bucket-owner.js'
import type {TeardownContext} from './context.js'
import {createdAgain} from './created-again.js'
import {defaultBucketOf} from './find-existing-stacks.js'
import {unlessRefused} from './refused.js'

/**
 * Removes the uploaded templates; last, because our bucket is the trace by which a teardown that was cut off
 * finds the rest. A bucket that carries our tag goes with all it holds. In somebody's own bucket only the
 * folder that this environment used is emptied.
 */
export function cleanTemplates(): Step<TeardownContext> {
  return {
    id: 'templates',
    title: 'Remove the uploaded templates',
    async run(context, tools) {
      const [again] = await createdAgain(context)
      if (again !== undefined) {
        const text = `Someone creates stack ${again.stack.name} again: its templates stay`
        tools.tell({kind: 'note', text})
        return
      }
      const locations = requireContext(context.locations, 'the template locations')
      const ownBucket = defaultBucketOf(context)
      for (const bucket of new Set([...locations.map(location => location.bucket), ownBucket])) {
        const isNamedAsOurs = bucket === ownBucket
        if (await removeBucket(context, bucket, {isNamedAsOurs}, tools)) continue
        for (const location of locations.filter(one => one.bucket === bucket))
          await emptyFolder(context, location)
      }
    },
  }
}

/** @returns whether it is ours: then what is in it went with it, or is told with it */
async function removeBucket(
  context: TeardownContext,
  bucket: string,
  {isNamedAsOurs}: {isNamedAsOurs: boolean},
  {tell}: Pick<StepTools, 'tell'>,
): Promise<boolean> {
  const {aws, environment, cleaned, remaining, unknown} = context
  const owner = await ownerOf(context, bucket)
  if (owner === 'absent' || (owner !== 'ours' && !isNamedAsOurs)) return false
  const entry = {
    kind: 's3:bucket',
    name: bucket,
    command: await commandFor(context, bucket, owner === 'ours'),
  }
  if (owner === 'ours' && remaining.length + unknown.length > 0) {
    const reason = 'It stays while something else does: by it the next teardown knows that the rest is ours.'
    remaining.push({
      ...entry,
      reason,
      owner: 'the environment',
      kept: false,
      command: context.commandLine('teardown'),
    })
    return true
  }
  if (owner === 'ours') {
    const isGone = await unlessRefused(
      async () => {
        await aws.buckets.empty(bucket)
        await aws.buckets.delete(bucket)
        return true
      },
      reason => remaining.push({...entry, reason, owner: 'the environment', kept: false}),
    )
    if (!isGone) return true
    cleaned.push({kind: 'bucket', name: bucket})
    tell({kind: 'note', text: `Removed bucket ${bucket}`})
    return true
  }
  if (isNamedAsOurs) {
    const untagged = `Its name is that of this environment's bucket, but it does not have the tag ${environmentTag}=${environment}. Whether mcpgw created it is unknown, so it was not touched.`
    unknown.push({...entry, reason: owner === 'untagged' ? untagged : owner.unknown})
  }
  return false
}

/** In a bucket that is not ours. */
async function emptyFolder(context: TeardownContext, {bucket, full}: UsedLocation): Promise<void> {
  const {aws, cleaned, remaining, unknown} = context
  const name = `s3://${bucket}/${full}`
  const entry = {kind: 's3:objects', name, command: awsCommand(aws, shell`s3 rm --recursive ${name}`)}
  if (!isOursAlone(full, context)) {
    const reason =
      'The templates were uploaded there, and the folder may hold what is not ours: it was not touched.'
    unknown.push({...entry, reason})
    return
  }
  const owner = await ownerOf(context, bucket)
  if (owner === 'absent') return
  if (typeof owner === 'object') {
    unknown.push({...entry, reason: owner.unknown})
    return
  }
  const objects = await unlessRefused(
    () => aws.buckets.empty(bucket, full),
    reason => remaining.push({...entry, reason, owner: 'the environment', kept: false}),
  )
  if (objects !== undefined && objects > 0) cleaned.push({kind: 'objects', name})
}

/** What is in one that is not known to be ours is looked at; ours is emptied instead. */
async function commandFor({aws}: TeardownContext, bucket: string, isOurs: boolean): Promise<string | null> {
  const target = {arn: `arn:aws:s3:::${bucket}`, kind: 's3:bucket', name: bucket}
  return isOurs ? deletingCommand(aws, target) : commandsToDelete(aws, target)
}

/** Only the environment's folder that is named after the content: any other may hold what is not ours. */
function isOursAlone(prefix: string, {environment}: TeardownContext): boolean {
  return new RegExp(`(^|/)${environment}/[0-9a-f]{12}/$`).test(prefix)
}
