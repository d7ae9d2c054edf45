import {shell} from '../../aws/command-line.js'
import {messageOf, refused} from '../../errors.js'
import {type KeptDeployment, type KeptPlace, keptFile, readKept} from '../../recorder/kept-deployment.js'
import {requireContext} from '../context.js'
import type {TemplateSet} from '../deploy/template-set.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import type {Step, StepTools} from '../step.js'
import {defaultBucketOf} from '../teardown/find-existing-stacks.js'
import type {Kept, ResetContext} from './context.js'
import {keptOfStacks} from './kept-of-stacks.js'

/**
 * Finds out what is to be deployed again, and how far an earlier reset has come: from what it kept on this machine, else
 * from the stacks. Stacks that it did not mean to delete were made after it had.
 * @throws KEPT_UNREADABLE, exit code 3
 */
export function recall(templates: () => TemplateSet): Step<ResetContext> {
  return {
    id: 'recall',
    title: 'Find what to deploy again',
    async run(context, {tell}) {
      const {aws, environment, runsFolder, identity} = context
      const {account} = requireContext(identity, 'the account')
      const place = {folder: runsFolder, environment, account, region: aws.region}
      const teardown = requireContext(context.teardown, 'what exists')
      const existingStacks = requireContext(teardown.existingStacks, 'what exists')
      context.place = place
      const before = await recalled(context, place, existingStacks, tell)
      if (before === undefined)
        begin(context, keptNow(context, templates(), existingStacks, tell), existingStacks)
      else resume(context, before, existingStacks, tell)
    },
  }
}

function keptNow(
  context: ResetContext,
  templates: TemplateSet,
  existingStacks: readonly ExistingStack[],
  tell: StepTools['tell'],
): Kept {
  const {aws, environment} = context
  const deployed = {templates, environment, region: aws.region, defaultBucket: defaultBucketOf(context)}
  const {dropped, ...kept} = keptOfStacks(existingStacks, deployed)
  if (dropped.length > 0)
    tell({kind: 'note', text: `Not kept, since the templates no longer have it: ${dropped.join(', ')}`})
  return kept
}

function begin(context: ResetContext, kept: Kept, existingStacks: readonly ExistingStack[]): void {
  context.phase = 'teardown'
  context.begunAt = new Date(context.clock.now()).toISOString()
  context.stackIds = existingStacks.map(({stack}) => stack.id)
  context.kept = kept
}

function resume(
  context: ResetContext,
  {begunAt, stackIds, ...kept}: KeptDeployment,
  existingStacks: readonly ExistingStack[],
  tell: StepTools['tell'],
): void {
  const isNew = existingStacks.length > 0 && !existingStacks.some(({stack}) => stackIds.includes(stack.id))
  if (isNew && context.startOver) return begin(context, kept, existingStacks)
  context.phase = isNew ? 'deploy' : 'teardown'
  context.begunAt = begunAt
  context.stackIds = isNew
    ? stackIds
    : [...new Set([...stackIds, ...existingStacks.map(({stack}) => stack.id)])]
  context.kept = kept
  tell({kind: 'note', text: resumeWords(begunAt, isNew, context)})
}

function resumeWords(begunAt: string, isNew: boolean, {commandLine}: ResetContext): string {
  const what = `Continuing the reset that began on ${begunAt.slice(0, 16).replace('T', ' at ')} UTC`
  if (!isNew) return what
  return `${what}: the old stacks are gone, and the new ones are deployed to the end. \`${commandLine('reset')} --replace\` tears them down, too`
}

/** What is kept of an earlier reset, where it was one of this account: AWS knows a deleted stack by its id for 90 days. */
async function recalled(
  {aws}: ResetContext,
  place: KeptPlace,
  existingStacks: readonly ExistingStack[],
  tell: StepTools['tell'],
): Promise<KeptDeployment | undefined> {
  const kept = keptOrRefusal(place)
  const [id] = kept?.stackIds ?? []
  if (kept === undefined || id === undefined || existingStacks.some(({stack}) => stack.id === id)) return kept
  if ((await aws.stacks.describe(id)) !== undefined) return kept
  const text = `Not used: ${keptFile(place)}, which is about stacks that this account does not know`
  tell({kind: 'note', text})
  return undefined
}

function keptOrRefusal(place: KeptPlace): KeptDeployment | undefined {
  try {
    return readKept(place)
  } catch (error) {
    const file = keptFile(place)
    throw refused(
      'KEPT_UNREADABLE',
      `An earlier reset has kept the parameters of ${place.environment} in ${file}, which cannot be used: ${messageOf(error)}. Nothing was changed.`,
      `Look at it; then remove it (\`${shell`rm ${file}`}\`) and give with --parameters what is to be deployed.`,
      error,
    )
  }
}
