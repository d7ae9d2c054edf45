import {quotas} from '../../../environment/quotas.js'
import type {PlannedResource, PlannedStack} from '../../plan/planned-stacks.js'
import {block, type Check, judgePlanned, pass, skip, warn} from '../check.js'
import {ofType, propertyOf} from '../will-make.js'
import {raiseCommand} from './quotas.js'

/** CPU units of one virtual CPU. */
const unitsPerVcpu = 1024
/** While a service rolls out, old and new tasks run side by side: ECS's default for maximumPercent. */
const duringRollOut = 2

/** Whether Fargate has room for the tasks, and for as many again while they are replaced. */
export const fargate: Check = {
  id: 'fargate',
  title: 'Fargate vCPUs',
  run: context =>
    judgePlanned(context, async planned => {
      const {aws} = context
      const needed = neededVcpus(planned)
      if (needed === 0) return pass('no services are created')
      const {service, code} = quotas.fargateVcpus
      const [used, most] = await Promise.all([aws.fargate.vCpusInUse(), aws.quotas.value(service, code)])
      if (most === undefined) return skip(`Service Quotas does not know quota ${code}`)
      const inUse = used ?? 0
      const use =
        used === undefined ? `of ${most}, what is in use cannot be told` : `${used} of ${most} in use`
      const raise = raiseCommand(aws, quotas.fargateVcpus, Math.ceil(inUse + duringRollOut * needed))
      if (inUse + needed > most) {
        return block(
          `The services need ${needed} vCPUs on Fargate, and the quota leaves room for ${Math.max(0, most - inUse)} (${use}).`,
          `Ask for more, which can take a day in a new account: \`${raise}\`. Or deploy smaller tasks: --set ServiceCpu=256 --set ServiceMemory=512.`,
        )
      }
      const counts = `${needed} needed, ${use}`
      if (inUse + duringRollOut * needed <= most) return pass(counts)
      return warn(
        `${counts}: enough to deploy, too few to replace all tasks at once (${duringRollOut * needed}).`,
        `Updates will take turns, and autoscaling may find no room. Ask for more: \`${raise}\`.`,
      )
    }),
}

/** Of all tasks of all services at their desired counts. */
function neededVcpus(planned: readonly PlannedStack[]): number {
  const definitions = ofType(planned, 'AWS::ECS::TaskDefinition')
  const units = ofType(planned, 'AWS::ECS::Service').map(service => {
    const definition = definitions.find(({logicalId}) => logicalId === propertyOf(service, 'TaskDefinition'))
    return unitsOf(definition) * numberOf(propertyOf(service, 'DesiredCount') ?? 1)
  })
  return units.reduce((sum, each) => sum + each, 0) / unitsPerVcpu
}

/** A task definition says its CPU in units (`512`) or in words (`.5 vCPU`). */
function unitsOf(definition: PlannedResource | undefined): number {
  const cpu = String((definition && propertyOf(definition, 'Cpu')) ?? '0')
  return /vcpu/i.test(cpu) ? Number.parseFloat(cpu) * unitsPerVcpu : numberOf(cpu)
}

function numberOf(value: unknown): number {
  return Number(value) || 0
}
