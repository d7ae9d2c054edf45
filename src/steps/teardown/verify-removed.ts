import {deletableKinds, deletingCommand} from '../../aws/deleting-command.js'
import type {StackDescription} from '../../aws/stack-data.js'
import {isDeleted, isSkipped} from '../../aws/stack-status.js'
import type {TaggedResource} from '../../aws/tagged-resources.js'
import {environmentTag} from '../../environment/names.js'
import type {Step} from '../step.js'
import {wasDeleted} from '../was-deleted.js'
import type {Left, TeardownContext} from './context.js'
import {createdAgain} from './created-again.js'
import {allTagged, listKind} from './list-tagged.js'
import {unlessRefused} from './refused.js'
import {skippedResources} from './skipped-resources.js'

/** Of the clock: the tagging service lists what was deleted a little longer. */
const pollMs = 10_000
const patienceMs = 3 * 60_000

/** Kinds that cost nothing and that AWS keeps on its lists after they were deleted. */
const harmlessKinds = new Set(['ecs:task-definition'])

/**
 * Asks AWS what still carries the environment's tag, in the region and among what has none; whatever is left is named
 * with what deletes it, and so is what AWS does not show.
 */
export function verifyRemoved(): Step<TeardownContext> {
  return {
    id: 'prove',
    title: 'Check that nothing remains',
    async run(context, {tell, signal}) {
      const {clock, remaining, unknown} = context
      const deadline = clock.now() + patienceMs
      let tagged: readonly TaggedResource[] = []
      for (;;) {
        unknown.splice(0, unknown.length, ...unknown.filter(({kind}) => kind !== listKind))
        tagged = await allTagged(context)
        const left = await stillExisting(context, tagged)
        if (left.length === 0) break
        const again = await createdAgain(context)
        if (again.length > 0) {
          remaining.push(...again.map(({stack}) => madeAgain(context, stack)))
          break
        }
        if (left.every(({kept}) => kept) || clock.now() >= deadline) {
          const told = new Set(remaining.map(({kind, name}) => `${kind} ${name}`))
          remaining.push(...left.filter(({kind, name}) => !told.has(`${kind} ${name}`)))
          break
        }
        await clock.sleep(pollMs, signal)
      }
      unknown.push(...skippedResources(context, tagged))
      for (const {kind, name} of remaining) tell({kind: 'note', text: `Remains: ${kind} ${name}`})
      for (const {kind, name} of unknown) tell({kind: 'note', text: `Could not be checked: ${kind} ${name}`})
    },
  }
}

/** What is tagged belongs to it by now, or cannot be told from what does. */
function madeAgain({commandLine}: TeardownContext, {name, status}: StackDescription): Left {
  const reason = `Someone has started to create the environment again; the stack is in ${status}.`
  return {kind: 'cloudformation:stack', name, reason, kept: false, command: commandLine('teardown')}
}

async function stillExisting(context: TeardownContext, tagged: readonly TaggedResource[]): Promise<Left[]> {
  const deleted = deletedIds(context)
  const left = tagged
    .filter(({arn, kind}) => !harmlessKinds.has(kind) && !wasDeleted(arn, deleted))
    .sort((a, b) => rankOf(a) - rankOf(b))
  const checked = await Promise.all(
    left.map(async ({arn, kind, name}) => {
      if (kind === 'kms:key' && !(await isUsable(context, arn))) return []
      const isWorthless = kind === 'rds:cluster-snapshot' && (await hasLostKey(context, name))
      const kept = !isWorthless && isKept(context, arn, kind)
      const carries = `It still carries the tag ${environmentTag}=${context.environment} (${arn}).`
      const reason = kept
        ? `It was to outlive the environment, and is billed until you delete it (${arn}).`
        : isWorthless
          ? `Its encryption key is deleted or scheduled for deletion, so it can no longer be read: it only costs money (${arn}).`
          : carries
      return [{kind, name, reason, kept, command: deletingCommand(context.aws, {arn, kind, name})}]
    }),
  )
  return checked.flat()
}

/** Commands are pasted from top to bottom: what is used comes after what uses it. */
function rankOf({kind}: TaggedResource): number {
  return deletableKinds.indexOf(kind)
}

/** What the templates keep on purpose: CloudFormation skipped it, or took it as the last snapshot of a database. */
function isKept({record}: TeardownContext, arn: string, kind: string): boolean {
  if (kind === 'rds:cluster-snapshot') return true
  const skipped = record.events.filter(({status}) => isSkipped(status)).map(({physicalId}) => physicalId)
  return wasDeleted(arn, new Set(skipped))
}

/**
 * A creation that failed may have left a snapshot, while its key went with the rest: CloudFormation takes one wherever it
 * deletes what has the policy Snapshot, and RetainExceptOnCreate keeps no key then.
 */
async function hasLostKey({aws, environment}: TeardownContext, snapshot: string): Promise<boolean> {
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

/** A key that waits for its deletion costs nothing and cannot be hurried; one that may not be looked at is counted. */
async function isUsable({aws}: TeardownContext, arn: string): Promise<boolean> {
  let isRefused = false
  const state = await unlessRefused(
    () => aws.keys.state(arn),
    () => {
      isRefused = true
    },
  )
  if (isRefused) return true
  return state !== undefined && state !== 'PendingDeletion' && state !== 'PendingReplicaDeletion'
}

/** Physical ids that CloudFormation has seen go in this run. */
function deletedIds({record}: TeardownContext): ReadonlySet<string> {
  return new Set(record.events.filter(({status}) => isDeleted(status)).map(({physicalId}) => physicalId))
}
