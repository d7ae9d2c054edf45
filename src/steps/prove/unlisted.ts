import {commandsToDelete, deletableKinds} from '../../aws/deleting-command.js'
import type {TaggedResource} from '../../aws/tagged-resources.js'
import {environmentTag} from '../../environment/names.js'
import type {Left, TeardownContext} from '../teardown/context.js'
import {wasDeleted} from '../was-deleted.js'
import {provedKinds} from './kinds.js'
import {deletedIds, type Lineage, liveStacks} from './lineage.js'

const readKinds = new Set(provedKinds.map(({kind}) => kind))

/** Whether the services themselves are asked for this kind: then they are believed, and not the list that lags behind. */
export function isRead(kind: string): boolean {
  return readKinds.has(kind)
}

/**
 * What the tagging API alone knows of: kinds of which an environment has none, that others gave its tag, and parts of what
 * is looked for itself. The API lists what was deleted a little longer; CloudFormation is believed over it.
 */
export async function onlyTagged(
  {
    aws,
    environment,
    commandLine,
    provedGone,
  }: Pick<TeardownContext, 'aws' | 'environment' | 'commandLine' | 'provedGone'>,
  tagged: readonly TaggedResource[],
  lineage: Lineage,
): Promise<readonly Left[]> {
  const deleted = new Set([...deletedIds(lineage), ...provedGone])
  const stacks = liveStacks(lineage)
  const live = lineage.resources.filter(({physicalId, stack}) => physicalId !== '' && stacks.includes(stack))
  const left = tagged
    .filter(({kind, arn}) => !isRead(kind) && !wasDeleted(arn, deleted))
    .filter(({kind}) => kind !== 'cloudformation:stack')
    .sort((a, b) => deletableKinds.indexOf(a.kind) - deletableKinds.indexOf(b.kind))
  return Promise.all(
    left.map(async ({arn, kind, name}): Promise<Left> => {
      const holder = live.find(({physicalId}) => wasDeleted(arn, new Set([physicalId])))
      if (holder !== undefined) {
        const reason = `It belongs to stack ${holder.stack.name}, which exists (${holder.stack.status}).`
        const owner = `the environment (stack ${holder.stack.name})`
        return {kind, name, reason, owner, kept: false, command: commandLine('teardown')}
      }
      const reason = `It still carries the tag ${environmentTag}=${environment} (${arn}).`
      const owner = `the environment (tag ${environmentTag}=${environment})`
      const command = await commandsToDelete(aws, {arn, kind, name})
      return {kind, name, reason, owner, kept: false, command}
    }),
  )
}
