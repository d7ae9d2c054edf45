import {deletableKinds} from '../../aws/deleting-command.js'
import {isDeleted} from '../../aws/stack-status.js'
import type {TaggedResource} from '../../aws/tagged-resources.js'
import {environmentTag} from '../../environment/names.js'
import type {AwsContext} from '../context.js'
import {isOurs} from '../stacks/existing-stacks.js'
import type {StackInventory} from '../teardown/context.js'
import {unlessRefused} from '../teardown/refused.js'
import {wasDeleted} from '../was-deleted.js'
import {undeleted} from './undeleted.js'

type Context = Pick<AwsContext, 'aws' | 'environment'>

/**
 * What updates could not delete, in the order in which it can go: it has the environment's tag and was made by one of its
 * stacks, whose events say that its deletion failed, and the stack no longer knows it. All of that has to hold, so that
 * nothing is taken for ours which somebody else made or keeps. CloudFormation tells the events of a stack for 90 days,
 * also of a deleted one. A list that may not be had gives none.
 * @param inventory what the environment's stacks hold now
 * @param onRefused is told why that list may not be had
 */
export async function leftovers(
  context: Context,
  inventory: readonly StackInventory[],
  onRefused: (reason: string) => void = () => {},
): Promise<readonly TaggedResource[]> {
  const {aws, environment} = context
  const tagged = await unlessRefused(() => aws.tagged.withTag(environmentTag, environment), onRefused)
  const candidates = unknownToStacks(context, inventory, tagged ?? [])
  const undeletedOf = new Map<string, ReadonlySet<string>>()
  for (const stackId of new Set(candidates.flatMap(({stackId = []}) => stackId)))
    undeletedOf.set(stackId, await undeletedIds(context, stackId))
  return candidates
    .filter(({arn, stackId = ''}) => wasDeleted(arn, undeletedOf.get(stackId) ?? new Set()))
    .sort((a, b) => deletableKinds.indexOf(a.kind) - deletableKinds.indexOf(b.kind))
}

/** What a stack made and no stack of ours has now, of kinds that can be deleted. */
function unknownToStacks(
  {aws}: Context,
  inventory: readonly StackInventory[],
  tagged: readonly TaggedResource[],
): readonly TaggedResource[] {
  const known = new Set(
    inventory
      .flatMap(({resources}) => resources)
      .filter(({status}) => !isDeleted(status))
      .map(({physicalId}) => physicalId),
  )
  return tagged.filter(
    ({arn, kind, stackId}) =>
      stackId !== undefined && aws.leftovers.canRemove(kind) && !wasDeleted(arn, known),
  )
}

/** Physical ids of what a stack of ours could not delete; none of a stack of which nothing is known any more. */
async function undeletedIds({aws, environment}: Context, stackId: string): Promise<ReadonlySet<string>> {
  const stack = await aws.stacks.describe(stackId)
  if (stack === undefined || !isOurs(stack, environment)) return new Set()
  const events = await aws.stacks.newEvents(stackId, {seen: new Set(), since: 0})
  return new Set(undeleted(events).map(({physicalId}) => physicalId))
}
