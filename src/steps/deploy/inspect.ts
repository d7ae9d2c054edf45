import {refused} from '../../errors.js'
import type {ProgressSink} from '../../progress.js'
import {decide} from '../stacks/decide.js'
import {decideNested, stateWords} from '../stacks/decide-nested.js'
import {type ExistingStack, findNamed, isAnothersRoot, isOurs, notOurs} from '../stacks/existing-stacks.js'
import {nestedStacks, troubleOf} from '../stacks/nested.js'
import {refuseProtected} from '../stacks/remove.js'
import {actionsFor} from '../stacks/stack-actions.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'
import {turnProblem} from './header-turn.js'
import {needsAttention} from './settle-nested.js'

const snapshotParameter = 'KeepDatabaseSnapshot'
/** What is in such a state has no database that an update could lose. */
const makesAnew: readonly string[] = ['recreate', 'create', 'await-deletion']

/**
 * Looks at what exists under this name, and refuses what deploy must not touch: stacks of somebody else, the
 * other layout, a state that only a person can resolve.
 */
export function inspect(): Step<DeployContext> {
  return {
    id: 'inspect',
    title: 'Find existing stacks',
    async run(context, {tell}) {
      const {aws, environment, settings} = context
      const named = await findNamed(aws.stacks, environment)
      const isInTheWay = ({layout}: ExistingStack) => layout === settings.layout
      const existingStacks = named.filter(found => isInTheWay(found) || !isAnothersRoot(found))
      context.existingStacks = existingStacks
      for (const {stack} of existingStacks) {
        tell({kind: 'note', text: `Stack ${stack.name} exists (${stack.status})`})
        if (!isOurs(stack, environment)) throw notOurs(stack.name, environment)
        if (settings.replace) refuseProtected(stack, context, `${context.commandLine('deploy')} --replace`)
      }
      if (settings.replace) return
      const other = existingStacks.find(({layout}) => layout !== settings.layout)
      if (other !== undefined) throw otherLayout(other.layout, context)
      const turn = existingStacks.map(({stack}) => stack.parameters.OriginHeaderTurn).find(Boolean)
      const problem = turnProblem(settings.parameters.OriginHeaderTurn, turn)
      if (problem !== undefined) throw problem
      refuseSnapshotChoice(context, existingStacks)
      for (const {stack} of existingStacks) {
        const decision = decide(stack, {
          onFailure: settings.onFailure,
          teardown: context.commandLine('teardown'),
          reach: aws,
        })
        if (decision.action !== 'refuse') continue
        throw refused(
          'STACK_NEEDS_ATTENTION',
          `Stack ${stack.name} cannot be deployed: ${decision.why}.`,
          `Run \`${decision.command}\` first, or \`${context.commandLine('deploy')} --replace\` to start over.`,
        )
      }
      if (settings.layout === 'nested') await inspectNested(context, tell)
    },
  }
}

/** A cluster is made to leave a snapshot or not; the other choice later would be another, empty one. */
function refuseSnapshotChoice(
  {settings, commandLine}: DeployContext,
  existingStacks: readonly ExistingStack[],
): void {
  const wanted = settings.parameters[snapshotParameter]
  const made = existingStacks
    .filter(({stack}) => !makesAnew.includes(actionsFor(stack.status).deploy))
    .map(({stack}) => stack.parameters[snapshotParameter])
    .find(value => value !== undefined)
  if (wanted === undefined || made === undefined || made === wanted) return
  throw refused(
    'SNAPSHOT_CHOICE_SETTLED',
    `${snapshotParameter} cannot be changed from ${made} to ${wanted}: the database would be replaced by an empty one, and its data lost. Nothing was changed.`,
    wanted === 'true'
      ? `Leave it out. To keep a snapshot of the database when you tear the environment down, run \`${commandLine('teardown')} --keep-snapshot\`.`
      : 'Leave it out; when the environment is gone, delete the snapshot and the key that teardown names.',
  )
}

/** What is nested in a root that will be updated. What the root itself works on is judged when that has ended. */
async function inspectNested(context: DeployContext, tell: ProgressSink): Promise<void> {
  const [root] = context.existingStacks ?? []
  const way = root && actionsFor(root.stack.status).deploy
  if (root === undefined || (way !== 'update' && way !== 'continue-rollback')) return
  const nested = await nestedStacks(context.aws.stacks, root.stack.id)
  // What failed with the root goes back with it.
  const judged = way === 'update' ? nested : nested.filter(each => troubleOf(each) !== 'failed')
  const decision = decideNested(judged)
  if (decision.action === 'refuse') throw needsAttention(context, decision)
  for (const each of judged.filter(one => troubleOf(one) !== undefined))
    tell({kind: 'note', text: `Nested stack ${each.name} ${stateWords(each)}`})
}

function otherLayout(layout: string, context: DeployContext) {
  return refused(
    'OTHER_LAYOUT',
    `Environment ${context.environment} exists in layout ${layout}; deploying layout ${context.settings.layout} beside it would collide.`,
    `Add --replace to tear it down first, or deploy with --layout ${layout}.`,
  )
}
