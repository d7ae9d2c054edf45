import {randomUUID} from 'node:crypto'
import type {Build} from '../../aws/builds.js'
import {exportPlace} from '../../environment/image-set.js'
import {buildProjectName} from '../../environment/names.js'
import {services} from '../../environment/services.js'
import {failed, type McpgwError, messageOf} from '../../errors.js'
import {awaitBuild} from '../images/await-build.js'
import type {StepTools} from '../step.js'
import type {DeployContext} from './context.js'
import {tellPhases} from './follow-build.js'

/** The tag that every build moves to what it pushes. */
const builtTag = 'latest'

/**
 * Builds the images again when some are missing though the stack that builds them is complete: it does not notice, and
 * services without an image would wait for it until CloudFormation gives up on them.
 * @param told of the phases of builds
 * @throws IMAGES_MISSING when that did not help
 */
export async function completeImages(
  context: DeployContext,
  tools: StepTools,
  told: Set<string>,
): Promise<void> {
  const missing = await missingImages(context, tools)
  if (missing.length === 0) return
  const text = `The stacks are complete, and images are missing (${missing.join(', ')}): building them again`
  tools.tell({kind: 'note', text})
  const build = await context.record.during(tools.signal, async () => {
    const look = (seen: Build) => tellPhases(seen, tools.tell, told)
    return awaitBuild(context, await begin(context), {...tools, what: 'The image build', look})
  })
  context.record.buildFinished()
  context.build = build
  const still = await missingImages(context, tools)
  if (still.length > 0) throw imagesMissing(context, build, still)
}

/** A repository has the name of its service. Nobody has to be allowed to look: what cannot be read is taken to be there. */
async function missingImages(
  {aws, environment}: DeployContext,
  {tell, signal}: StepTools,
): Promise<readonly string[]> {
  try {
    const names = services.map(service => service.name(environment))
    const found = await Promise.all(names.map(name => aws.repositories.hasImage(name, builtTag)))
    return names.filter((_, index) => !found[index])
  } catch (error) {
    signal.throwIfAborted()
    tell({kind: 'note', text: `Whether all images are there cannot be read: ${messageOf(error)}`})
    return []
  }
}

/** Joins a build that runs: somebody else may have noticed too, or an earlier run was interrupted. */
async function begin({aws, environment}: DeployContext): Promise<Build> {
  const project = buildProjectName(environment)
  const latest = await aws.builds.latest(project)
  const runs = latest !== undefined && !latest.complete && exportPlace(latest.environment) === undefined
  return runs ? latest : aws.builds.start(project, {}, `mcpgw-build-${randomUUID()}`)
}

function imagesMissing(
  {environment, commandLine}: DeployContext,
  build: Build,
  missing: readonly string[],
): McpgwError {
  const phase = build.phases.find(({status}) => status !== undefined && status !== 'SUCCEEDED')
  const message = phase?.message ? ` CodeBuild says: ${phase.message}.` : ''
  return failed(
    'IMAGES_MISSING',
    `The image build ${build.id} ended ${build.status}${phase ? ` in phase ${phase.name}` : ''}, and images are missing still: ${missing.join(', ')}.${message} The stack of the services was left as it is.`,
    {
      hint: `The build's log says why. Correct the cause, then run \`${commandLine('deploy')}\`, which builds the images again.`,
      resource: buildProjectName(environment),
      logs: build.logs && `CloudWatch Logs, group ${build.logs.group}, stream ${build.logs.stream}`,
    },
  )
}
