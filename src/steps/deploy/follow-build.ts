import type {Build} from '../../aws/builds.js'
import {exportPlace} from '../../environment/image-set.js'
import {buildProjectName} from '../../environment/names.js'
import {messageOf} from '../../errors.js'
import type {StepTools} from '../step.js'
import type {DeployContext} from './context.js'

/** Of the clock. CodeBuild's phases last seconds to minutes, and the calls count among those that an account allows. */
const pollMs = 30_000

/**
 * Follows the image build beside the stacks until `signal` aborts or the build ends, tells its phases and leaves the
 * build in the context; after an operation that was joined comes an update, and with it perhaps another build. It
 * never throws and never decides: CloudFormation waits for the build too, and the stack's status says whether it
 * was good.
 * @param told of the phases of builds, not to be told twice
 */
export async function followBuild(
  context: DeployContext,
  {tell, signal}: StepTools,
  told = new Set<string>(),
): Promise<void> {
  let toldOfTrouble = false
  while (!signal.aborted) {
    try {
      if (mayBuild(context)) await look(context, tell, told)
      if (context.build?.complete && ![...context.operations.values()].includes('attached')) return
    } catch (error) {
      if (!toldOfTrouble) tell({kind: 'note', text: `The image build cannot be read: ${messageOf(error)}`})
      toldOfTrouble = true
    }
    await context.clock.sleep(pollMs, signal).catch(() => undefined)
  }
  // The stacks have ended: one last look, because a build that failed explains why.
  if (mayBuild(context)) await look(context, tell, told).catch(() => undefined)
}

async function look(context: DeployContext, tell: StepTools['tell'], told: Set<string>): Promise<void> {
  const {events} = context.record
  const since = events[0]?.at
  if (since === undefined || !projectExists(context)) return
  const build =
    context.build === undefined || context.build.complete
      ? await context.aws.builds.latest(buildProjectName(context.environment))
      : await context.aws.builds.describe(context.build.id)
  if (build?.startedAt === undefined || build.startedAt < since) return
  // No stack waits for an export.
  if (exportPlace(build.environment) !== undefined) return
  context.build = build
  tellPhases(build, tell, told)
}

/** A build that has ended is the last one, unless the stack that builds was updated after it. */
function mayBuild({build, record}: DeployContext): boolean {
  const {complete, endedAt} = build ?? {}
  if (!complete || endedAt === undefined) return true
  return record.events.some(
    ({label, isStack, status, at}) =>
      label === 'compute' && isStack && status === 'UPDATE_IN_PROGRESS' && at > endedAt,
  )
}

/** While a stack is being created, asking for a project that has no event yet only costs calls. */
function projectExists({record}: DeployContext): boolean {
  const events = record.events.filter(({type}) => type === 'AWS::CodeBuild::Project')
  const isCreating = record.events.some(({isStack, status}) => isStack && status === 'CREATE_IN_PROGRESS')
  return !isCreating || events.some(({status}) => status === 'CREATE_COMPLETE')
}

/** Tells each phase of a build when it begins and when it ends, and how the build ended. */
export function tellPhases(build: Build, tell: StepTools['tell'], told: Set<string>): void {
  for (const {name, status = 'IN_PROGRESS', seconds = 0} of build.phases) {
    if (name === 'COMPLETED' || told.has(`${build.id} ${name} ${status}`)) continue
    told.add(`${build.id} ${name} ${status}`)
    tell({kind: 'build-phase', buildId: build.id, phase: name, status, seconds})
  }
  if (build.complete && !told.has(build.id)) {
    told.add(build.id)
    tell({
      kind: 'build-phase',
      buildId: build.id,
      phase: 'COMPLETED',
      status: build.status,
      seconds: secondsOf(build),
    })
  }
}

/** How long a build took so far. */
export function secondsOf(build: Build): number {
  if (build.startedAt === undefined || build.endedAt === undefined) return 0
  return Math.round((build.endedAt - build.startedAt) / 100) / 10
}
