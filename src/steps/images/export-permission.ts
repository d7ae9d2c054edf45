import {randomUUID} from 'node:crypto'
import type {StackDescription} from '../../aws/stack-data.js'
import {isDeployed} from '../../aws/stack-status.js'
import {addressOf, exportPlace, type ImagePlace} from '../../environment/image-set.js'
import {buildProjectName} from '../../environment/names.js'
import {requireContext} from '../context.js'
import {stackFailure} from '../stacks/failure.js'
import {followStarted} from '../stacks/follow.js'
import type {Step, StepTools} from '../step.js'
import type {ExportContext} from './context.js'

/** The parameters that let the build write below one prefix of one bucket. */
export const exportParameters = ['ContainerImagesExportBucket', 'ContainerImagesExportPrefix'] as const

const nowhere: ImagePlace = {bucket: '', prefix: ''}

/**
 * Lets the build write to the place, by an update of the stack that changes nothing but two parameters.
 *
 * Why so: a policy that mcpgw itself put on the role would be drift, and would stop the deletion of the role if it
 * were left behind. Addresses that anybody may write to by their signature are secrets in a build's variables. A copy
 * by way of a bucket of our own would need a permission that exists even while nobody exports. As a parameter the
 * permission exists while a bucket is given, for that prefix only, and goes with the stack, whatever happens.
 */
export function allowWriting(): Step<ExportContext> {
  return {
    id: 'allow-writing',
    title: 'Grant the build write access to the bucket',
    skip({operation, owner, place}) {
      if (operation !== 'export') return 'there is nothing to start'
      return isAllowed(requireContext(owner, 'the stack').stack, place) ? 'it may already' : undefined
    },
    async run(context, tools) {
      tools.tell({
        kind: 'note',
        text: `Only below ${addressOf(context.place)}, and until the export has ended`,
      })
      await setPlace(context, context.place, tools)
    },
  }
}

/** Takes the permission back: a build runs what others wrote, and the bucket holds what a whole class will run. */
export function endWriting(): Step<ExportContext> {
  return {
    id: 'end-writing',
    title: 'Revoke write access to the bucket',
    async skip({aws, environment, owner}) {
      const {stack} = requireContext(owner, 'the stack')
      const now = await aws.stacks.describe(stack.id)
      if (now === undefined || isAllowed(now, nowhere)) return 'the build may write nowhere'
      const builds = await aws.builds.recent(buildProjectName(environment))
      const isGoingOn = builds.some(build => !build.complete && exportPlace(build.environment))
      return isGoingOn ? 'an export is under way' : undefined
    },
    run: (context, tools) => setPlace(context, nowhere, tools),
  }
}

function isAllowed({parameters}: StackDescription, {bucket, prefix}: ImagePlace): boolean {
  const [bucketName, prefixName] = exportParameters
  return parameters[bucketName] === bucket && parameters[prefixName] === prefix
}

async function setPlace(
  context: ExportContext,
  {bucket, prefix}: ImagePlace,
  tools: StepTools,
): Promise<void> {
  const {aws, record} = context
  const {stackTarget, stack} = requireContext(context.owner, 'the stack')
  const [bucketName, prefixName] = exportParameters
  const parameters = {[bucketName]: bucket, [prefixName]: prefix}
  const request = {
    name: stack.name,
    parameters,
    usePrevious: Object.keys(stack.parameters).filter(name => !Object.hasOwn(parameters, name)),
    token: `mcpgw-update-${randomUUID()}`,
  }
  const started = await record.during(tools.signal, () => aws.stacks.update(request))
  if (started === 'no-changes') return
  const resumeCommand = context.commandLine('images export')
  const end = await followStarted(context, {stack, label: stackTarget.label, resumeCommand}, record, tools)
  if (isDeployed(end.status)) return
  const hint = `Correct the cause, then run \`${resumeCommand}\`.`
  throw stackFailure({verb: 'update', stack: end, record, hint})
}
