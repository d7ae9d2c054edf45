import {commandsToDelete, deletableKinds} from '../../aws/deleting-command.js'
import type {Existing} from '../../aws/existing/existing.js'
import {environmentTag} from '../../environment/names.js'
import type {Pending} from '../../results.js'
import type {Left, TeardownContext} from '../teardown/context.js'
import {defaultBucketOf} from '../teardown/find-existing-stacks.js'
import {unlessRefused} from '../teardown/refused.js'
import {wasDeleted} from '../was-deleted.js'
import {type Lineage, liveStacks} from './lineage.js'
import type {Found} from './look.js'

/** Kinds that are kept of what is gone, and cost money: only asked are they deleted. */
export const keptKinds: readonly string[] = ['rds:cluster-snapshot', 'rds:cluster-auto-backup']

/** What was found, by what is to become of it. */
export interface Judged {
  readonly left: readonly Left[]
  readonly pending: readonly Pending[]
}

type Context = Pick<TeardownContext, 'aws' | 'environment' | 'identity' | 'commandLine' | 'record'>

/** Says of everything that was found whether it remains, and why, or goes by itself. */
export async function judge(context: Context, found: readonly Found[], lineage: Lineage): Promise<Judged> {
  const pending = found.filter(goesByItself)
  const others = found
    .filter(each => !goesByItself(each))
    .sort((a, b) => rankOf(a.existing) - rankOf(b.existing))
  const left = await Promise.all(others.map(each => leftOf(context, each, lineage)))
  return {left, pending: pending.map(pendingOf)}
}

/** Costs nothing meanwhile, and nobody can hurry it. A secret that waits is none of these: its name is taken until then. */
function goesByItself({existing: {kind, isGoing}}: Found): boolean {
  return isGoing === true && ['kms:key', 'ecs:task-definition'].includes(kind)
}

function pendingOf({existing: {kind, name, goesAt}}: Found): Pending {
  const reason =
    kind === 'kms:key'
      ? 'KMS deletes a key after a waiting time only, in which it costs nothing and can be had back.'
      : 'AWS has accepted its deletion and removes it by itself; it costs nothing.'
  return {kind, name, reason, until: goesAt === undefined ? null : new Date(goesAt).toISOString()}
}

async function leftOf(context: Context, found: Found, lineage: Lineage): Promise<Left> {
  const {aws, commandLine} = context
  const {kind, name, arn, id, isGoing, within = []} = found.existing
  const owner = ownerOf(context, found)
  const own = {kind, name, size: found.existing.size, ...(owner === undefined ? {} : {owner})}
  const live = liveStacks(lineage)
  const held = (one: string) =>
    lineage.resources.find(({physicalId, stack}) => physicalId === one && live.includes(stack))
  // What others put into it is theirs, but while it is there it comes and goes with it.
  const holder = [id, ...within].map(held).find(each => each !== undefined)
  if (holder !== undefined) {
    const reason = `It belongs to${held(id) === undefined ? ' something of' : ''} stack ${holder.stack.name}, which exists (${holder.stack.status}).`
    return {...own, reason, kept: false, command: commandLine('teardown')}
  }
  if (kind === 's3:bucket' && live.length > 0 && name === defaultBucketOf(context)) {
    const reason = `It holds the templates of stacks that exist (${live.length}), and goes with them.`
    return {...own, reason, kept: false, command: commandLine('teardown')}
  }
  const entry = {...own, command: await commandsToDelete(aws, {arn, kind, name})}
  const reason = reasonOf(context, found)
  if (kind === 'secretsmanager:secret' && isGoing) {
    const blocks = `It waits for its deletion, which AWS may take 30 days for, and its name is taken until then: the next deployment fails on it. ${reason}`
    return {...entry, reason: blocks, kept: false}
  }
  if (keptKinds.includes(kind) || wasDeleted(arn, lineage.leftOnPurpose)) {
    const key = kind === 'rds:cluster-snapshot' ? await lostKey(context, name) : false
    if (key) {
      const worthless = `Its encryption key is deleted or scheduled for deletion, so it can no longer be read: it only costs money (${arn}).`
      return {...entry, reason: worthless, kept: false}
    }
    const stays = `It was to outlive the environment, and is billed until you delete it (${detailsOf(found.existing)}).`
    return {...entry, reason: stays, kept: true}
  }
  return {...entry, reason: isGoing ? `AWS is deleting it. ${reason}` : reason, kept: false}
}

/** Whose it is; undefined where a name is all that is known. */
function ownerOf({environment}: Context, {existing, ground}: Found): string | undefined {
  if (existing.owner !== undefined) return existing.owner
  switch (ground.by) {
    case 'tag':
      return `the environment (tag ${environmentTag}=${environment})`
    case 'stack':
      return `the environment (stack ${ground.resource.stack.name})`
    case 'place':
      return 'someone else, or the environment: it has no tag of it'
    case 'name':
      return undefined
  }
}

function reasonOf({environment}: Context, {existing: {arn}, ground}: Found): string {
  switch (ground.by) {
    case 'tag':
      return `It still carries the tag ${environmentTag}=${environment} (${arn}).`
    case 'stack':
      return `Stack ${ground.resource.stack.name} had it as ${ground.resource.type}, and it is still there (${arn}).`
    case 'place':
      return `It is in ${ground.within}, which was the environment's, whoever made it (${arn}).`
    case 'name':
      return `It has the name that the environment gives, and neither tag nor stack says whose it is (${arn}).`
  }
}

function detailsOf({arn, createdAt, size}: Existing): string {
  const at = createdAt === undefined ? [] : [`of ${new Date(createdAt).toISOString().slice(0, 10)}`]
  const gib = size === undefined ? [] : [`${size} GiB`]
  return [arn, ...at, ...gib].join(', ')
}

/** Commands are pasted from top to bottom: what is used comes after what uses it. */
function rankOf({kind}: Existing): number {
  return deletableKinds.indexOf(kind)
}

/**
 * A creation that failed may have left a snapshot, while its key went with the rest: CloudFormation takes one wherever it
 * deletes what has the policy Snapshot, and RetainExceptOnCreate keeps no key then.
 */
async function lostKey({aws, environment}: Context, snapshot: string): Promise<boolean> {
  const state = await unlessRefused(
    async () => {
      const key = (await aws.snapshots.of(environment)).find(({name}) => name === snapshot)?.key
      // By an alias nobody knows which key it was.
      return key?.includes(':key/') ? ((await aws.keys.state(key)) ?? 'gone') : undefined
    },
    () => undefined,
  )
  return state === 'gone' || state === 'PendingDeletion'
}
