import type {ContainerService} from '../../aws/containers.js'
import {services} from '../../environment/services.js'
import type {ServiceHealth} from '../../results.js'
import type {CheckTarget} from './health.js'

/** The eight services, in the order of `environment/services`. */
export async function checkServices(target: CheckTarget): Promise<ServiceHealth[]> {
  const {aws, environment} = target
  const clusters = [...new Set(services.map(({cluster}) => cluster(environment)))]
  const found = await Promise.all(
    clusters.map(cluster => {
      const names = services.filter(service => service.cluster(environment) === cluster)
      return aws.containers.services(
        cluster,
        names.map(({name}) => name(environment)),
      )
    }),
  )
  const byName = new Map(found.flat().map(service => [service.name, service]))
  return services.map(({key, name, cluster}) => {
    const service = byName.get(name(environment)) ?? missing(name(environment), cluster(environment))
    const {desired, running, pending, rollout} = service
    const reason = serviceProblem(service, key, target)
    return {
      name: name(environment),
      cluster: cluster(environment),
      desired,
      running,
      pending,
      rollout,
      ok: reason === undefined,
      reason: reason ?? null,
    }
  })
}

function missing(name: string, cluster: string): ContainerService {
  return {
    name,
    cluster,
    status: 'MISSING',
    desired: 0,
    running: 0,
    pending: 0,
    rollout: '',
    deployments: 0,
    events: [],
  }
}

/** What is wrong with a service and what to do; undefined when it is well. */
function serviceProblem(service: ContainerService, key: string, target: CheckTarget): string | undefined {
  const {name, cluster, status, desired, running, pending, rollout, rolloutReason, deployments, events} =
    service
  const {environment, aws} = target
  const region = `--region ${aws.region}`
  const where = `--cluster ${cluster} --service ${name} ${region}`
  const look = `Look: aws logs tail /ecs/${environment}-${key} --since 15m ${region}`
  const lately = events[0] === undefined ? '' : ` ECS says: ${events[0]}`
  if (status === 'MISSING' || status === 'INACTIVE') {
    return `The service does not exist in cluster ${cluster}. Run: ${target.commandLine('deploy')} --replace`
  }
  if (status !== 'ACTIVE') return `The service is ${status}, not ACTIVE. Run: ${target.commandLine('deploy')}`
  if (desired === 0) {
    return `It is scaled to zero (0 tasks desired). Run: aws ecs update-service ${where} --desired-count 1`
  }
  if (rollout === 'FAILED')
    return `Its roll-out failed: ${rolloutReason ?? 'ECS does not say why'}.${lately} ${look}`
  if (running !== desired || pending > 0) {
    return `${running} of ${desired} tasks run, ${pending} are starting.${lately} ${look}`
  }
  if (deployments > 1 || (rollout !== '' && rollout !== 'COMPLETED')) {
    return `A roll-out is going on (${deployments} deployments, ${rollout || 'state unknown'}). Wait, then run: ${target.commandLine('verify')}`
  }
  return undefined
}
