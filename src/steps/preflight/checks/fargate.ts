import {quotas} from '../../../environment/quotas.js'
import {block, type Check, type CheckContext, type Finding, judgePlanned, pass, skip, warn} from '../check.js'
import {type TaskSizes, taskSizes} from '../fargate-tasks.js'
import {willUpdate} from '../will-make.js'
import {raiseCommand} from './quotas.js'

/** While all services roll out, old and new tasks run side by side: ECS's default for maximumPercent. */
const duringRollOut = 2

/**
 * Whether Fargate has room for the tasks, and for what updates need beside them. A service that keeps one task starts
 * the new one before it stops the old one, whatever its minimumHealthyPercent above 0: 66 % of one rounds up to one.
 * Source: ECS API reference, DeploymentConfiguration.
 */
export const fargate: Check = {
  id: 'fargate',
  title: 'Fargate vCPUs',
  looksAt: 'quota and usage of Fargate vCPUs',
  blocksWhen:
    'too few are left for all tasks; it warns when too few are left for a second copy of the largest task, without which its service cannot be updated, and for a second copy of every task, which replacing all of them at once needs',
  async run(context) {
    const {planned, refusal} = context
    if (refusal === undefined && planned?.length === 0) return judgeUpdate(context)
    return judgePlanned(context, async stacks => {
      const sizes = taskSizes(stacks)
      return sizes.all === 0 ? pass('no services are created') : judgeCreation(context, sizes)
    })
  },
}

async function judgeCreation(context: CheckContext, {all, largest}: TaskSizes): Promise<Finding> {
  const room = await roomOf(context)
  if (room === undefined) return unknownQuota
  const {inUse, most, use} = room
  const raise = raiseLine(context, inUse + duringRollOut * all)
  if (inUse + all > most) {
    return block(
      `The services need ${all} vCPUs on Fargate, and the quota leaves room for ${Math.max(0, most - inUse)} (${use}).`,
      `Ask for more, which can take a day in a new account: ${raise}. Or deploy smaller tasks: --set ServiceCpu=256 --set ServiceMemory=512.`,
    )
  }
  const counts = `${all} needed, ${use}`
  const forUpdate = inUse + all + largest
  if (forUpdate > most) {
    return warn(
      `${counts}: enough to deploy, but too few to update a service of ${largest} vCPU later, because ECS starts its new task beside the old one (${forUpdate}).`,
      `Such an update ends with "unable to place a task" and is rolled back. Before the first update, ask for at least ${Math.ceil(forUpdate)}, or better for enough to replace all tasks at once, as new images do: ${raise}.`,
    )
  }
  if (inUse + duringRollOut * all <= most) return pass(counts)
  return warn(
    `${counts}: enough to deploy and to update one service at a time (${forUpdate}), but too few to replace all tasks at once (${inUse + duringRollOut * all}), as new images do.`,
    `Tasks that do not fit are tried again, and a service whose tasks do not fit three times is rolled back; automatic scaling may not fit either. Ask for more: ${raise}.`,
  )
}

/** What runs already is in use; what an update needs comes on top. */
async function judgeUpdate(context: CheckContext): Promise<Finding> {
  const stacks = willUpdate(context)
  const {all, largest} = taskSizes(stacks ?? [])
  if (largest === 0) return pass('nothing new is created')
  const room = await roomOf(context, all)
  if (room === undefined) return unknownQuota
  const {inUse, most, use} = room
  if (inUse + largest <= most) return pass(`${use}, and an update needs ${largest} more`)
  return warn(
    `${use}: no room for a new task of ${largest} vCPU beside the old ones. An update of such a service ends with "unable to place a task" and is rolled back.`,
    `Ask for at least ${Math.ceil(inUse + largest)} before you change anything, or better for enough to replace all tasks at once: ${raiseLine(context, inUse + all)}.`,
  )
}

const unknownQuota = skip(`Service Quotas does not know quota ${quotas.fargateVcpus.code}`)

/** How much of the quota is taken; `otherwise` where that cannot be told. */
async function roomOf(
  {aws}: CheckContext,
  otherwise = 0,
): Promise<{inUse: number; most: number; use: string} | undefined> {
  const {service, code} = quotas.fargateVcpus
  const [used, most] = await Promise.all([aws.fargate.vCpusInUse(), aws.quotas.value(service, code)])
  if (most === undefined) return undefined
  const use = used === undefined ? `of ${most}, the current use is unknown` : `${used} of ${most} in use`
  return {inUse: used ?? otherwise, most, use}
}

/** The command that asks for this many, rounded up. */
function raiseLine({aws}: CheckContext, vcpus: number): string {
  return `\`${raiseCommand(aws, quotas.fargateVcpus, Math.ceil(vcpus))}\``
}
