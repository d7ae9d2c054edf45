import {awsCommand, shell} from '../../aws/command-line.js'
import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import type {TeardownContext} from './context.js'
import {isOfCapturedEvents} from './log-group-names.js'
import {unlessRefused} from './refused.js'

/**
 * Deletes the log groups that are left, or that services wrote again after their stack was gone. Where no stack existed
 * and our bucket is not there, nothing shows that groups of these names are ours: they are named, and stay.
 */
export function cleanLogGroups(): Step<TeardownContext> {
  return {
    id: 'log-groups',
    title: 'Remove remaining log groups',
    async run(context, {tell}) {
      const {aws, cleaned, remaining, unknown} = context
      const names = requireContext(context.logGroups, 'the log groups')
      const areOurs = context.hasTrace || (context.existingStacks ?? []).length > 0
      for (const name of await existing(context, names)) {
        const entry = {
          kind: 'logs:log-group',
          name,
          command: awsCommand(aws, shell`logs delete-log-group --log-group-name ${name}`),
        }
        if (!areOurs) {
          const reason =
            'Its name belongs to this environment, which no longer exists. Whether mcpgw created it is unknown, so it was not touched.'
          unknown.push({...entry, reason})
          continue
        }
        const isGone = await unlessRefused(
          async () => {
            await aws.logGroups.delete(name)
            return true
          },
          reason => remaining.push({...entry, reason, owner: 'the environment', kept: false}),
        )
        if (!isGone) continue
        cleaned.push({kind: 'log-group', name})
        tell({kind: 'note', text: `Removed log group ${name}`})
        if (isOfCapturedEvents(name)) tell({kind: 'note', text: ruleWords(context, name)})
      }
    },
  }
}

/** The rule costs nothing, and no other target is known than the group that is gone. */
function ruleWords({aws, identity}: TeardownContext, group: string): string {
  const {account, partition} = requireContext(identity, 'the account')
  const target = `arn:${partition}:logs:${aws.region}:${account}:log-group:${group}`
  const list = awsCommand(aws, shell`events list-rule-names-by-target --target-arn ${target}`)
  return `The EventBridge rule that wrote to ${group} may be left; it costs nothing: \`${list}\` names it`
}

/** The groups that exist: asked by what the names have in common, the environment's; kept only when they match exactly. */
async function existing(
  {aws, environment, unknown}: TeardownContext,
  names: readonly string[],
): Promise<readonly string[]> {
  const others = names.filter(name => !name.includes(environment))
  const command = (shown: readonly string[]) =>
    awsCommand(aws, ['logs', 'describe-log-groups', ...shown].join(' '))
  const lists = [
    {
      name: `*${environment}*`,
      list: () => aws.logGroups.containing(environment),
      command: command([shell`--log-group-name-pattern ${environment}`]),
    },
    ...others.map(name => ({
      name,
      list: () => aws.logGroups.withPrefix(name),
      command: command([shell`--log-group-name-prefix ${name}`]),
    })),
  ]
  const found = await Promise.all(
    lists.map(({name, list, command: again}) =>
      unlessRefused(list, reason => unknown.push({kind: 'logs:log-group', name, reason, command: again})),
    ),
  )
  const isOurs = (group: string) =>
    names.some(name => (name.endsWith('/') ? group.startsWith(name) : group === name))
  return [...new Set(found.flatMap(list => list ?? []))].filter(isOurs).sort()
}
