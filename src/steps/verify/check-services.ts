import {awsCommand, shell} from '../../aws/command-line.js'
import type {ContainerService} from '../../aws/containers.js'
import type {Sightings} from '../../aws/live/live.js'
import {services} from '../../environment/services.js'
import type {ServiceHealth} from '../../results.js'
import type {CheckTarget} from './check-target.js'
import {type Finding, type Problem, verdictOf} from './problem.js'
import {deployLine, restore} from './remedies.js'
import {type WhyTasksStop, whyTasksStop} from './why-tasks-stop.js'

/** The eight services, in the order of `environment/services`; those that are there go to `sightings`. */
export async function checkServices(
  target: CheckTarget,
  sightings: Sightings,
): Promise<(Finding<ServiceHealth> & {service: ContainerService})[]> {
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
  note(sightings, found.flat())
  const byName = new Map(found.flat().map(service => [service.name, service]))
  const checked = services.map(async ({key, name, cluster}) => {
    const service = byName.get(name(environment)) ?? missing(name(environment), cluster(environment))
    const {desired, running, pending, rollout} = service
    const why = lacksTasks(service) ? await whyTasksStop(target, service) : undefined
    const problem = serviceProblem(service, key, target, why)
    const check = {
      name: name(environment),
      cluster: cluster(environment),
      desired,
      running,
      pending,
      rollout,
      ...verdictOf(problem),
    }
    return {check, problem, service}
  })
  return Promise.all(checked)
}

/** It is to have tasks, and some do not stay. */
function lacksTasks({status, desired, running, rollout}: ContainerService): boolean {
  return status === 'ACTIVE' && desired > 0 && (rollout === 'FAILED' || running < desired)
}

function note(sightings: Sightings, found: readonly ContainerService[]): void {
  for (const {status, arn, cluster, definition = '', desired} of found) {
    if (status !== 'ACTIVE') continue
    sightings.add('AWS::ECS::Service', arn, {is: 'service', definition, desired})
    // A cluster goes only without services.
    sightings.add('AWS::ECS::Cluster', cluster)
  }
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
function serviceProblem(
  service: ContainerService,
  key: string,
  target: CheckTarget,
  why: WhyTasksStop | undefined,
): Problem | undefined {
  const {cluster, status, desired, running, pending, rollout, rolloutReason, deployments, events} = service
  const failed = service.failedTasks ? `, ${service.failedTasks} failed` : ''
  const {environment, aws} = target
  const log = awsCommand(aws, shell`logs tail /ecs/${environment}-${key} --since 15m`)
  const look = why === undefined ? `Look: ${log}` : why.advice
  const lately = [events[0] && ` ECS says: ${events[0]}`, why && ` ${why.meaning}`].filter(Boolean).join('')
  if (status === 'MISSING' || status === 'INACTIVE') {
    const what = `The service does not exist in cluster ${cluster}, although its stack is complete: someone deleted it.`
    return {what, todo: restore(target), permanent: true}
  }
  if (status !== 'ACTIVE') {
    return {
      what: `The service is ${status}, not ACTIVE.`,
      todo: `Run: ${deployLine(target)}`,
      permanent: true,
    }
  }
  if (desired === 0) {
    return {what: 'It is scaled to zero (0 tasks desired).', todo: restore(target), permanent: true}
  }
  if (rollout === 'FAILED') {
    const what = `Its roll-out failed${failed && ` (${running} of ${desired} tasks run${failed})`}: ${rolloutReason ?? 'ECS does not say why'}.${lately}`
    return {what, todo: look, permanent: false}
  }
  if (running !== desired || pending > 0) {
    const what = `${running} of ${desired} tasks run, ${pending} are starting${failed}.${lately}`
    return {what, todo: look, permanent: false}
  }
  if (deployments > 1 || (rollout !== '' && rollout !== 'COMPLETED')) {
    const what = `A roll-out is in progress (${deployments} deployments, ${rollout || 'state unknown'}).`
    return {what, todo: `Wait, then run: ${target.commandLine('verify')}`, permanent: false}
  }
  return undefined
}
