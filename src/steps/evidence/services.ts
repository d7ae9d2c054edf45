import {parseArn} from '../../aws/arn.js'
import type {ContainerService} from '../../aws/containers.js'
import type {Evidence} from '../../results.js'
import type {Failed, Reads} from './reads.js'

/** So many of the last messages of a service are told. */
const mostMessages = 8

/** A service by its cluster and name. */
export interface ServiceName {
  cluster: string
  name: string
}

/** From the physical id of an AWS::ECS::Service, `arn:…:service/CLUSTER/NAME`; undefined before it has one. */
export function serviceNameOf({physicalId}: Pick<Failed, 'physicalId'>): ServiceName | undefined {
  const [kind, cluster, name] = parseArn(physicalId)?.resource.split('/') ?? []
  return kind === 'service' && cluster && name ? {cluster, name} : undefined
}

export async function lookAtService(
  reads: Reads,
  {cluster, name}: ServiceName,
): Promise<ContainerService | undefined> {
  return (await reads.containers.services(cluster, [name]))[0]
}

/** How many tasks run, how its roll-out goes, and what ECS said last. */
export function serviceEvidence(service: ContainerService): Evidence {
  const {name, cluster, status, desired, running, pending, rollout, rolloutReason, failedTasks} = service
  const title = `Service ${name} in cluster ${cluster}`
  if (status === 'MISSING') return {kind: 'service', title, lines: ['It no longer exists.']}
  const tasks = `${status}: ${running} of ${desired} tasks run, ${pending} are starting.`
  const failures = failedTasks ? ` ${failedTasks} of its tasks failed.` : ''
  const deployment = rollout && `Roll-out ${rollout}: ${rolloutReason ?? 'ECS does not say why.'}${failures}`
  const messages = service.events.slice(0, mostMessages)
  return {kind: 'service', title, lines: [tasks, ...(deployment ? [deployment] : []), ...messages]}
}
