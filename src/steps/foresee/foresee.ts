import {McpgwError} from '../../errors.js'
import type {DeployContext} from '../deploy/context.js'
import {findPrefixList} from '../deploy/prefix-list.js'
import {ensureTemplateBucket} from '../deploy/template-bucket.js'
import {updateRequest} from '../deploy/update-request.js'
import {uploadTemplates, withTemplates} from '../deploy/upload-templates.js'
import {decideNested} from '../stacks/decide-nested.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import {nestedStacks} from '../stacks/nested.js'
import {actionsFor} from '../stacks/stack-actions.js'
import type {Step, StepTools} from '../step.js'
import {foreseeUpdate} from './foresee-update.js'
import {exportsRefusal, updateWords} from './refusals.js'
import {together} from './summary.js'

/**
 * Asks CloudFormation what the update will do before it is made, and refuses what it would take back. The templates
 * have to be in their bucket for that; nothing of the environment is changed. A stack on which somebody works, or that has
 * to be settled first, is asked about when its update can begin (`requireHarmless`).
 */
export function foresee(): Step<DeployContext> {
  return {
    id: 'foresee',
    title: 'Preview the update',
    async skip(context) {
      if (context.settings.replace) return 'everything is created again (--replace)'
      return (await updatable(context)).length === 0 ? 'no stack is updated' : undefined
    },
    async run(context, tools) {
      await ensureTemplateBucket().run(context, tools)
      await uploadTemplates().run(context, tools)
      if ((await findPrefixList().skip?.(context)) === undefined) await findPrefixList().run(context, tools)
      const stacks = await updatable(context)
      const found = await withTemplates(context, tools, () =>
        Promise.all(stacks.map(each => foreseeUnlessBusy(context, each, tools))),
      )
      const foreseen = together(found.flatMap(each => each ?? []))
      context.foreseen = foreseen
      const text = updateWords(foreseen)
      if (text !== undefined) tools.tell({kind: 'note', text})
      const refusal = exportsRefusal(foreseen, context.commandLine('deploy'))
      if (refusal !== undefined) throw refusal
    },
  }
}

async function foreseeUnlessBusy(
  context: DeployContext,
  {stackTarget, stack}: ExistingStack,
  tools: StepTools,
) {
  try {
    const request = updateRequest(context, stackTarget, stack, stackTarget.template)
    const update = await foreseeUpdate(context, {stackTarget, stack, request}, tools)
    context.foreseenStacks.add(stackTarget.stackName)
    return update
  } catch (error) {
    // Somebody began to work on it in the meantime: it is followed first.
    if (error instanceof McpgwError && error.code === 'STACK_BUSY') return undefined
    throw error
  }
}

/** The stacks that are at rest and whose update can begin as they are. */
async function updatable({
  aws,
  existingStacks = [],
  settings,
}: DeployContext): Promise<readonly ExistingStack[]> {
  const own = existingStacks.filter(
    ({layout, stack}) => layout === settings.layout && actionsFor(stack.status).deploy === 'update',
  )
  if (settings.layout === 'individual') return own
  const settled = await Promise.all(
    own.map(async ({stack}) => decideNested(await nestedStacks(aws.stacks, stack.id)).action === 'none'),
  )
  return own.filter((_, index) => settled[index])
}
