import {commandsToDelete} from '../../aws/deleting-command.js'
import {environmentTag} from '../../environment/names.js'
import {leaving, McpgwError} from '../../errors.js'
import type {Remaining} from '../../results.js'
import {costOf} from '../cost-of.js'
import type {DeployContext} from '../deploy/context.js'
import type {Step} from '../step.js'
import {wasDeleted} from '../was-deleted.js'
import {undeleted} from './undeleted.js'

type Context = Pick<DeployContext, 'aws' | 'environment' | 'record' | 'commandLine'>

/** Names what an update replaced or no longer needs, and could not delete. */
export function tellLeftovers(): Step<DeployContext> {
  return {
    id: 'leftovers',
    title: 'Find what the update could not delete',
    skip: context => (undeleted(context.record.events).length === 0 ? 'nothing was left' : undefined),
    async run(context, {tell}) {
      context.remaining = await leftovers(context)
      for (const {kind, name} of context.remaining) tell({kind: 'note', text: `Remains: ${kind} ${name}`})
    },
  }
}

/** A failure of the deployment, with what its updates could not delete. */
export async function leftByUpdate(context: Context, error: unknown, signal: AbortSignal): Promise<unknown> {
  if (!(error instanceof McpgwError) || error.exitCode !== 1 || signal.aborted) return error
  const remaining = await leftovers(context)
  return remaining.length === 0 ? error : leaving(error, remaining)
}

async function leftovers({aws, environment, record, commandLine}: Context): Promise<readonly Remaining[]> {
  const events = undeleted(record.events)
  if (events.length === 0) return []
  // Whoever may not list what has the tag is told without the commands that take an ARN.
  const tagged = await aws.tagged.withTag(environmentTag, environment).catch(() => [])
  return Promise.all(
    events.map(async ({type, physicalId, logicalId, reason}): Promise<Remaining> => {
      const found = tagged.find(({arn}) => wasDeleted(arn, new Set([physicalId])))
      const goes =
        found !== undefined && aws.leftovers.canRemove(found.kind)
          ? ` It is deleted by \`${commandLine('teardown')}\`.`
          : ''
      return {
        kind: found?.kind ?? type,
        name: physicalId,
        reason: `The update could not delete this ${logicalId}: ${ended(reason ?? 'CloudFormation does not say why')}${goes}`,
        owner: 'the environment',
        kept: false,
        command: found === undefined ? null : await commandsToDelete(aws, found),
        cost: costOf(type),
      }
    }),
  )
}

function ended(words: string): string {
  return `${words.trim().replace(/\.+$/, '')}.`
}
