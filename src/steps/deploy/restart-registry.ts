import type {ContainerService} from '../../aws/containers.js'
import {type EnvironmentService, mainCluster, services} from '../../environment/services.js'
import {unsteadyOf} from '../stacks/follow-services.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'

/**
 * What a deployment that began this soon after the creation of a service may have missed, in milliseconds: AWS does not
 * say when the endpoint of a new service is there for others.
 */
const endpointMs = 10_000

/** A roll-out takes a minute or two; what takes longer the verification describes. Of the clock. */
const longestMs = 300_000
const lookMs = 10_000

/**
 * Deploys those services anew that cannot know all whom they call: with Service Connect the tasks of a service resolve
 * what existed at its latest deployment, whenever they start. `registry` and `mcpgw` call each other, so that whichever
 * was made first is among them; so is who calls a service that was deleted and made again. Whether the roll-outs
 * succeed is the verification's to judge; to wait for them here takes one call a look instead of its many.
 * Source: ECS developer guide, "Service Connect components".
 */
export function restartRegistry(): Step<DeployContext> {
  return {
    id: 'restart-registry',
    title: 'Redeploy for service discovery',
    async run({aws, environment, clock, settings, record}, {tell, signal}) {
      const cluster = mainCluster(environment)
      const members = services.filter(service => service.cluster(environment) === cluster)
      const found = await aws.containers.services(
        cluster,
        members.map(({name}) => name(environment)),
      )
      const existing = new Map(members.map(({key}, index) => [key, found[index]]))
      const restarted: string[] = []
      const reasons: string[] = []
      for (const member of members) {
        const unknown = unknownTo(member, existing)
        if (unknown.length === 0) continue
        const name = member.name(environment)
        await aws.containers.restart(cluster, name)
        restarted.push(name)
        reasons.push(`${name} (to find ${unknown.join(', ')})`)
      }
      if (restarted.length === 0) return
      const text = `Deployed again, since a task finds only services that existed when its own was deployed: ${reasons.join('; ')}`
      tell({kind: 'note', text})
      if (!settings.verify) return
      for (let left = longestMs; left > 0; left -= lookMs) {
        await clock.sleep(lookMs, signal)
        const rolling = await aws.containers.services(cluster, restarted)
        record.waitsFor(rolling.filter(isRolling).map(unsteadyOf))
        if (!rolling.some(isRolling)) return
      }
    },
  }
}

function isRolling({status, deployments, rollout}: ContainerService): boolean {
  return status === 'ACTIVE' && rollout !== 'FAILED' && (deployments > 1 || rollout === 'IN_PROGRESS')
}

/** Keys of the services that one calls and that are not surely older than its latest deployment. */
function unknownTo(
  {key, calls}: EnvironmentService,
  existing: ReadonlyMap<string, ContainerService | undefined>,
): readonly string[] {
  const caller = existing.get(key)
  const deployedAt = caller?.deployedAt
  if (caller?.status !== 'ACTIVE' || caller.desired === 0 || deployedAt === undefined) return []
  return calls.filter(called => {
    const {status, createdAt} = existing.get(called) ?? {}
    return status === 'ACTIVE' && createdAt !== undefined && deployedAt < createdAt + endpointMs
  })
}
