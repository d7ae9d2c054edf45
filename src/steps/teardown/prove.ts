import {isDeleted, isSkipped} from '../../aws/stack-status.js'
import type {StackDescription} from '../../aws/stacks.js'
import type {TaggedResource} from '../../aws/tagged-resources.js'
import {environmentTag} from '../../environment/names.js'
import type {Remaining} from '../../results.js'
import type {Step} from '../step.js'
import type {TeardownContext} from './context.js'
import {createdAgain} from './created-again.js'

/** Of the clock: the tagging service lists what was deleted a little longer. */
const pollMs = 10_000
const patienceMs = 3 * 60_000

/** Kinds that cost nothing and that AWS keeps on its lists after they were deleted. */
const harmlessKinds = new Set(['ecs:task-definition'])

/** Asks AWS what still carries the environment's tag; whatever is left is named. */
export function prove(): Step<TeardownContext> {
  return {
    id: 'prove',
    title: 'Prove that nothing remains',
    async run(context, {tell, signal}) {
      const {aws, clock, environment, remaining} = context
      const deadline = clock.now() + patienceMs
      for (;;) {
        const tagged = await aws.tagged.withTag(environmentTag, environment)
        const left = await stillExisting(context, tagged)
        if (left.length === 0) return
        const again = await createdAgain(context)
        if (again.length > 0) {
          remaining.push(...again.map(({stack}) => madeAgain(stack)))
          break
        }
        if (left.every(({kept}) => kept) || clock.now() >= deadline) {
          remaining.push(...left)
          break
        }
        await clock.sleep(pollMs, signal)
      }
      for (const {kind, name} of remaining) tell({kind: 'note', text: `Remains: ${kind} ${name}`})
    },
  }
}

/** What is tagged belongs to it by now, or cannot be told from what does. */
function madeAgain({name, status}: StackDescription): Remaining {
  const reason = `Somebody has begun to create the environment again; the stack is in ${status}.`
  return {kind: 'cloudformation:stack', name, reason, kept: false}
}

async function stillExisting(
  context: TeardownContext,
  tagged: readonly TaggedResource[],
): Promise<Remaining[]> {
  const deleted = deletedIds(context)
  const left = tagged.filter(({arn, kind}) => !harmlessKinds.has(kind) && !wasDeleted(arn, deleted))
  const checked = await Promise.all(
    left.map(async ({arn, kind, name}) => {
      if (kind === 'kms:key' && !(await isUsable(context, arn))) return []
      const kept = isKept(context, arn, kind)
      const reason = kept
        ? `It was to outlive the environment, and is billed until you delete it (${arn}).`
        : `It still carries the tag ${environmentTag}=${context.environment} (${arn}).`
      return [{kind, name, reason, kept}]
    }),
  )
  return checked.flat()
}

/** What the templates keep on purpose: CloudFormation skipped it, or took it as the last snapshot of a database. */
function isKept({record}: TeardownContext, arn: string, kind: string): boolean {
  if (kind === 'rds:cluster-snapshot') return true
  const skipped = record.events.filter(({status}) => isSkipped(status)).map(({physicalId}) => physicalId)
  return wasDeleted(arn, new Set(skipped))
}

/** A key that waits for its deletion costs nothing and cannot be hurried. */
async function isUsable({aws}: TeardownContext, arn: string): Promise<boolean> {
  const state = await aws.keys.state(arn)
  return state !== undefined && state !== 'PendingDeletion' && state !== 'PendingReplicaDeletion'
}

/** Physical ids that CloudFormation has seen go in this run. */
function deletedIds({record}: TeardownContext): ReadonlySet<string> {
  return new Set(record.events.filter(({status}) => isDeleted(status)).map(({physicalId}) => physicalId))
}

/** The ARN ends in the physical id, or is it: CloudFormation is believed over a list that lags behind. */
function wasDeleted(arn: string, deleted: ReadonlySet<string>): boolean {
  if (deleted.has(arn)) return true
  const [, , , , , ...rest] = arn.split(':')
  const resource = rest.join(':')
  const last = resource.split(/[/:]/).at(-1) ?? ''
  return deleted.has(resource) || deleted.has(last) || deleted.has(resource.replace(/^[^/:]+[/:]/, ''))
}
