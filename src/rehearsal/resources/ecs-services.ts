import type {Region, Resource, Task} from '../account/account.js'
import type {World} from '../account/world.js'
import {flag, list, number, type Properties, record, records, text} from './values.js'

export const serviceType = 'AWS::ECS::Service'
export const clusterType = 'AWS::ECS::Cluster'

/** A roll-out of one task definition; times are epoch milliseconds. */
export interface Deployment {
  /** `ecs-svc/<19 digits>`. */
  id: string
  status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE'
  taskDefinition: string
  createdAt: number
  updatedAt: number
  /** Consecutive failures to start a task. */
  failedTasks: number
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  rolloutStateReason: string
  /** No task is started before; grows with each failure. */
  notBefore?: number
  /** The service has said that its tasks do not start. */
  isThrottled?: boolean
  /** A look at whether the roll-out is done is scheduled. */
  settling?: boolean
  /** Names of Service Connect that its tasks can resolve; absent for a service without it. */
  names?: string[]
}

/** A name that a service offers to the tasks of its namespace. */
export interface Endpoint {
  name: string
  /** Epoch milliseconds. */
  since: number
}

/** What the service keeps in `resource.data`, beside its CloudFormation properties. */
export interface ServiceState {
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  desiredCount: number
  /** Newest first; the first is PRIMARY. */
  deployments: Deployment[]
  /** Newest first, at most 100. */
  events: {id: string; createdAt: number; message: string}[]
  /** Task definition of the last deployment that completed: where the circuit breaker rolls back to. */
  lastCompleted?: string
  /** What the circuit breaker said, for whoever waits for the service. */
  failure?: string
  /** What it offers by Service Connect. */
  endpoints?: Endpoint[]
}

export interface LoadBalanced {
  targetGroupArn: string
  containerName: string
  containerPort: number
}

/** @throws Error for a resource that is no service: a defect of the account. */
export function stateOf({physicalId, data}: Resource): ServiceState {
  if (!isServiceState(data)) throw new Error(`${physicalId} is no ECS service`)
  return data
}

function isServiceState(data: object): data is ServiceState {
  return 'status' in data && 'deployments' in data && 'events' in data
}

export function nameOf(service: Resource): string {
  return service.physicalId.slice(service.physicalId.lastIndexOf('/') + 1)
}

/** `arn:…:cluster/NAME` of the cluster that a service or task belongs to. */
export function clusterArn(world: World, region: Region, cluster: string): string {
  return cluster.startsWith('arn:')
    ? cluster
    : `arn:aws:ecs:${region.name}:${world.account.id}:cluster/${cluster}`
}

export function clusterNameOf(service: Resource): string {
  return service.physicalId.split('/')[1] ?? 'default'
}

export function findService(region: Region, arn: string): Resource | undefined {
  return region.resources[`${serviceType}/${arn}`]
}

/** Tasks of a service, oldest first, stopped ones that are still remembered included. */
export function tasksOf(region: Region, service: Resource): Task[] {
  const name = nameOf(service)
  const cluster = `:cluster/${clusterNameOf(service)}`
  return Object.values(region.tasks).filter(
    task => task.serviceName === name && task.clusterArn.endsWith(cluster),
  )
}

/** Tasks of a service that have not stopped, oldest first. */
export function liveTasks(region: Region, service: Resource): Task[] {
  return tasksOf(region, service).filter(({lastStatus}) => lastStatus !== 'STOPPED')
}

/** The service that a task belongs to, if it still exists. */
export function serviceOf(region: Region, task: Task): Resource | undefined {
  const cluster = task.clusterArn.slice(task.clusterArn.lastIndexOf('/') + 1)
  return Object.values(region.resources).find(
    resource =>
      resource.type === serviceType &&
      nameOf(resource) === task.serviceName &&
      clusterNameOf(resource) === cluster,
  )
}

export function loadBalancersOf(properties: Properties): LoadBalanced[] {
  return records(properties.LoadBalancers).map(entry => ({
    targetGroupArn: text(entry.TargetGroupArn) ?? '',
    containerName: text(entry.ContainerName) ?? '',
    containerPort: number(entry.ContainerPort) ?? 0,
  }))
}

/** How a deployment may proceed; defaults of the rolling update. */
export function deploymentRules(properties: Properties): {
  minimumHealthyPercent: number
  maximumPercent: number
  circuitBreaker: {enable: boolean; rollback: boolean}
} {
  const configuration = record(properties.DeploymentConfiguration)
  const breaker = record(configuration.DeploymentCircuitBreaker)
  return {
    minimumHealthyPercent: number(configuration.MinimumHealthyPercent) ?? 100,
    maximumPercent: number(configuration.MaximumPercent) ?? 200,
    circuitBreaker: {enable: flag(breaker.Enable) ?? false, rollback: flag(breaker.Rollback) ?? false},
  }
}

export function subnetsOf(properties: Properties): string[] {
  const vpc = record(record(properties.NetworkConfiguration).AwsvpcConfiguration)
  return list(vpc.Subnets).flatMap(item => text(item) ?? [])
}

/** Adds a service event. Its words are those of the ECS developer guide, "Service event messages". */
export function tell(world: World, service: Resource, message: string): void {
  const {events} = stateOf(service)
  events.unshift({
    id: world.newUuid(),
    createdAt: world.now,
    message: `(service ${nameOf(service)}) ${message}`,
  })
  events.length = Math.min(events.length, 100)
}

/** Has the scheduler look at a service soon; looking once too often does no harm. */
export function wakeScheduler(world: World, region: Region, service: Resource, seconds = 1): void {
  world.schedule('ecs.schedule', seconds, region.name, {service: service.physicalId})
}
