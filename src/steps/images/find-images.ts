import type {Build} from '../../aws/builds.js'
import type {StackDescription} from '../../aws/stack-data.js'
import {isDeleting, isInProgress, isUpdatable} from '../../aws/stack-status.js'
import {operationStartedAt} from '../../aws/stacks.js'
import {addressOf, exportPlace, type ImagePlace} from '../../environment/image-set.js'
import {buildProjectName} from '../../environment/names.js'
import {failed, type McpgwError, refused} from '../../errors.js'
import {elsewhereWords} from '../elsewhere.js'
import {findExistingStacks, isOurs, notOurs} from '../stacks/existing-stacks.js'
import {follow} from '../stacks/follow.js'
import type {StackTarget} from '../stacks/stack-targets.js'
import type {Step, StepTools} from '../step.js'
import type {ExportContext} from './context.js'
import {exportParameters} from './export-permission.js'

/** Finds the environment, its finished image build, and what was exported before. What is under way is waited for. */
export function findImages(): Step<ExportContext> {
  return {
    id: 'find-images',
    title: 'Find the images of the environment',
    async run(context, tools) {
      const {aws, environment} = context
      const existingStacks = await findExistingStacks(aws.stacks, environment)
      // The stack that the user's parameters go to; a nested one gets them from its root.
      const found = existingStacks.find(
        ({stackTarget, layout}) => stackTarget.label === (layout === 'nested' ? 'main' : 'compute'),
      )
      if (found === undefined) throw await noSuchEnvironment(context)
      if (!isOurs(found.stack, environment)) throw notOurs(found.stack.name, environment)
      const {stackTarget} = found
      const stack = await atRest(context, stackTarget, found.stack, tools)
      if (!isUpdatable(stack.status)) throw notUsable(context, stack)
      if (exportParameters.some(name => !Object.hasOwn(stack.parameters, name))) throw tooOld(context)
      context.owner = {stackTarget, stack}
      findBuilds(context, await aws.builds.recent(buildProjectName(environment)))
    },
  }
}

/** Follows whatever runs on the stack to its end: it may be what an interrupted export has begun. */
async function atRest(
  context: ExportContext,
  stackTarget: StackTarget,
  stack: StackDescription,
  tools: StepTools,
): Promise<StackDescription> {
  const {id, name, status} = stack
  if (!isInProgress(status) || isDeleting(status)) return stack
  tools.tell({kind: 'note', text: `Stack ${name} is in ${status}: following that operation first`})
  const resumeCommand = context.commandLine('images export')
  const operation = {id, label: stackTarget.label, since: operationStartedAt(stack), resumeCommand}
  await follow(context, operation, context.record, tools)
  return (await context.aws.stacks.describe(id)) ?? stack
}

function findBuilds(context: ExportContext, builds: readonly Build[]): void {
  const {place} = context
  const images = builds.find(({environment}) => exportPlace(environment) === undefined)
  if (images?.status !== 'SUCCEEDED') throw notFinished(context, images)
  context.expectedVersion = images.environment.UPSTREAM_VERSION ?? ''
  const later = builds.filter(({number}) => number > images.number)
  const running = builds.find(({complete, environment}) => !complete && exportPlace(environment))
  const elsewhere = running && exportPlace(running.environment)
  if (elsewhere !== undefined && !isSame(elsewhere, place)) throw exportRunning(context, elsewhere)
  const succeeded = later.find(
    ({status, environment}) => status === 'SUCCEEDED' && isSame(exportPlace(environment), place),
  )
  context.earlier = running ?? succeeded
}

function isSame(one: ImagePlace | undefined, other: ImagePlace): boolean {
  return one !== undefined && addressOf(one) === addressOf(other)
}

async function noSuchEnvironment({environment, aws, commandLine}: ExportContext): Promise<McpgwError> {
  const elsewhere = await elsewhereWords({environment, aws})
  return failed(
    'NO_SUCH_ENVIRONMENT',
    `No such environment: ${environment} does not exist in region ${aws.region}, so that there are no images to export.${elsewhere === undefined ? '' : ` ${elsewhere}`}`,
    {
      hint: `Run \`${commandLine('deploy')}\`, or name another environment or region.`,
      resource: environment,
    },
  )
}

function notUsable({commandLine}: ExportContext, {name, status}: StackDescription): McpgwError {
  return refused(
    'STACK_NEEDS_ATTENTION',
    `The images of stack ${name} cannot be exported: it is in ${status}.`,
    `Run \`${commandLine('verify')}\`, which says what to do about it.`,
  )
}

function tooOld({environment, commandLine}: ExportContext): McpgwError {
  return refused(
    'ENVIRONMENT_TOO_OLD',
    `Environment ${environment} was deployed with templates that cannot export images.`,
    `Run \`${commandLine('deploy')}\` to update it, then export.`,
  )
}

function notFinished({environment, commandLine}: ExportContext, build: Build | undefined): McpgwError {
  const why =
    build === undefined
      ? 'has built no images yet'
      : build.complete
        ? `has no finished images: its last build ${build.id} ended ${build.status}`
        : `is building images now (${build.id})`
  return refused(
    'NO_FINISHED_IMAGES',
    `Environment ${environment} ${why}.`,
    `Run \`${commandLine('deploy')}\`; when it has ended well, export.`,
  )
}

function exportRunning({environment}: ExportContext, to: ImagePlace): McpgwError {
  return refused(
    'EXPORT_RUNNING',
    `The images of ${environment} are being exported to ${addressOf(to)} now.`,
    `Run the command with --to ${addressOf(to)} to follow that export, or wait until it has ended.`,
  )
}
