import type {Aws} from '../../aws/aws.js'
import {stageOf} from '../../aws/readiness.js'
import type {StackResource} from '../../aws/stack-data.js'
import {isDeleted} from '../../aws/stack-status.js'
import {failed} from '../../errors.js'
import {listed} from '../listed.js'
import type {StackTarget} from '../stacks/stack-targets.js'
import type {StepTools} from '../step.js'
import type {DeployContext} from './context.js'

/** Of the clock: a look costs a call or two for each type that is not ready. */
const pollMs = 15_000
/** CloudFormation itself waits an hour at most for a database. */
const patienceMs = 60 * 60_000

interface Waited extends StackResource {
  /** In the service's words. */
  readonly condition: string | undefined
}

/**
 * After an operation in express mode CloudFormation says that a stack is complete when everything was asked for. What
 * takes time is asked for at its own service until it is ready: whatever is begun after it counts on that.
 * @throws NOT_READY, exit code 1, with the resource that failed, or is not ready after an hour
 */
export async function awaitReady(
  context: DeployContext,
  stackTarget: StackTarget,
  tools: StepTools,
): Promise<void> {
  if (!mayBeExpress(context, stackTarget)) return
  const {aws, clock, record} = context
  const stack = await aws.stacks.describe(stackTarget.stackName)
  if (stack?.isExpress !== true) return
  const deadline = clock.now() + patienceMs
  let left: readonly StackResource[] = (await aws.stacks.resources(stack.id)).filter(
    ({type, status, physicalId}) =>
      physicalId !== '' && !isDeleted(status) && aws.readiness.types.includes(type),
  )
  let told = ''
  await record.during(tools.signal, async () => {
    for (;;) {
      const waited = await look(aws, left)
      const broken = waited.find(({condition}) => stageOf(condition) === 'failed')
      if (broken !== undefined) throw notReady(context, stackTarget, broken)
      const unready = waited.filter(({condition}) => stageOf(condition) !== 'ready')
      const [first] = unready
      if (first === undefined) return
      if (clock.now() >= deadline) throw notReady(context, stackTarget, first)
      const text = `Not ready yet in ${stackTarget.label}: ${listed(unready.map(({logicalId}) => logicalId))}`
      if (text !== told) tools.tell({kind: 'note', text})
      told = text
      left = unready
      await clock.sleep(pollMs, tools.signal)
    }
  })
}

/** Of a stack that was never touched in express mode nobody has to ask. */
function mayBeExpress({settings, existingStacks = []}: DeployContext, {stackName}: StackTarget): boolean {
  return (
    settings.express || existingStacks.some(({stack}) => stack.name === stackName && stack.isExpress === true)
  )
}

async function look({readiness}: Aws, resources: readonly StackResource[]): Promise<readonly Waited[]> {
  const types = [...new Set(resources.map(({type}) => type))]
  const asked = types.map(async type => {
    const ofType = resources.filter(each => each.type === type)
    const conditions = await readiness.conditions(
      type,
      ofType.map(({physicalId}) => physicalId),
    )
    return ofType.map(each => ({...each, condition: conditions.get(each.physicalId)}))
  })
  return (await Promise.all(asked)).flat()
}

function notReady(
  {commandLine}: DeployContext,
  {stackName}: StackTarget,
  {logicalId, type, condition = 'unknown to its service'}: Waited,
) {
  const isBroken = stageOf(condition) === 'failed'
  return failed(
    'NOT_READY',
    `CloudFormation has created ${logicalId} (${type}) of stack ${stackName} in express mode without waiting for it, and ${isBroken ? `it failed: its service says ${condition}` : `it is not ready an hour later: ${condition}`}.`,
    {
      resource: `${stackName}/${logicalId}`,
      hint: isBroken
        ? `Start over with \`${commandLine('deploy')} --replace\`, or without --express, so that CloudFormation says why it failed.`
        : `Run \`${commandLine('deploy')}\` to wait on.`,
    },
  )
}
