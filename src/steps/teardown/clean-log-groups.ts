import {known} from '../context.js'
import type {Step} from '../step.js'
import type {TeardownContext} from './context.js'

/** Deletes the log groups that are left, or that services wrote again after their stack was gone. */
export function cleanLogGroups(): Step<TeardownContext> {
  return {
    id: 'log-groups',
    title: 'Remove leftover log groups',
    // Without a stack or our bucket nothing shows that groups of these names are ours.
    skip: ({standing, hasTrace}) =>
      standing?.length === 0 && !hasTrace ? 'nothing was deployed' : undefined,
    async run(context, {tell}) {
      const names = known(context.logGroups, 'the log groups')
      for (const name of await existing(context, names)) {
        await context.aws.logGroups.delete(name)
        context.cleaned.push({kind: 'log-group', name})
        tell({kind: 'note', text: `Removed log group ${name}`})
      }
    },
  }
}

/** The groups that exist: asked by what the names have in common, kept only when they match exactly. */
async function existing(
  {aws, environment}: TeardownContext,
  names: readonly string[],
): Promise<readonly string[]> {
  const prefixes = new Set(names.map(name => commonPrefix(name, environment)))
  const found = (await Promise.all([...prefixes].map(prefix => aws.logGroups.withPrefix(prefix)))).flat()
  const isOurs = (group: string) =>
    names.some(name => (name.endsWith('/') ? group.startsWith(name) : group === name))
  return [...new Set(found)].filter(isOurs).sort()
}

/** `/ecs/demo-registry` and `/ecs/demo-mcpgw` are both asked for as `/ecs/demo-`: one call instead of eight. */
function commonPrefix(name: string, environment: string): string {
  const at = name.indexOf(`/${environment}-`)
  return at === -1 ? name : name.slice(0, at + environment.length + 2)
}
