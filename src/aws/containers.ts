import type {ContainerDefinition, Service, Task} from '@aws-sdk/client-ecs'
import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {allPages, batches, unlessAbsent} from './pages.js'

/** An ECS service. */
export interface ContainerService {
  readonly name: string
  readonly arn?: string
  /** ARN of the task definition that it runs. */
  readonly definition?: string
  readonly cluster: string
  /** MISSING: the cluster or the service does not exist. INACTIVE: it was deleted. */
  readonly status: 'ACTIVE' | 'DRAINING' | 'INACTIVE' | 'MISSING'
  readonly desired: number
  /** RUNNING tasks, healthy or not. */
  readonly running: number
  readonly pending: number
  /** Of the primary deployment: IN_PROGRESS, COMPLETED, FAILED; empty when ECS does not say. */
  readonly rollout: string
  readonly rolloutReason?: string
  /** When the primary deployment began; epoch ms. */
  readonly deployedAt?: number
  /** Epoch ms. */
  readonly createdAt?: number
  /** How many deployments it has; 1 when none is rolling. */
  readonly deployments: number
  /** Messages, newest first, at most 100. */
  readonly events: readonly string[]
  /** Tasks of the primary deployment that failed to start or to become healthy. */
  readonly failedTasks?: number
  /** ARNs of the target groups that its tasks register in. */
  readonly targetGroups?: readonly string[]
}

/** An ECS task. Times are epoch ms. */
export interface ContainerTask {
  readonly id: string
  /** ARN of its task definition. */
  readonly definition?: string
  readonly createdAt?: number
  readonly startedAt?: number
  readonly stoppedAt?: number
  readonly lastStatus: string
  /** HEALTHY, UNHEALTHY, UNKNOWN. */
  readonly healthStatus: string
  readonly stopCode?: string
  readonly stoppedReason?: string
  readonly containers: readonly {
    readonly name: string
    readonly lastStatus: string
    readonly exitCode?: number
    readonly reason?: string
  }[]
}

/** One container of a task definition. */
export interface DefinedContainer {
  readonly name: string
  readonly image: string
  readonly essential: boolean
  /** Where its output goes; undefined when not to CloudWatch Logs. */
  readonly log?: {readonly group: string; readonly prefix?: string}
}

/** ECS. */
export interface Containers {
  /** One entry for each name, in the order asked. */
  services(cluster: string, names: readonly string[]): Promise<readonly ContainerService[]>
  /** Running tasks, or those that stopped in the last hour. Empty when cluster or service do not exist. */
  tasks(
    cluster: string,
    service: string,
    options?: {readonly stopped?: boolean},
  ): Promise<readonly ContainerTask[]>
  /** Tasks that stopped in the last hour in the name of a service, which may be gone; empty when the cluster is. */
  stoppedTasksOf(cluster: string, service: string): Promise<readonly ContainerTask[]>
  /** The containers of a task definition, in its order; empty when it does not exist. */
  definition(arn: string): Promise<readonly DefinedContainer[]>
  /** Starts new tasks of the same definition and stops the old ones when they are healthy. */
  restart(cluster: string, service: string): Promise<void>
  /** How many tasks the service is to have. */
  scale(cluster: string, service: string, desired: number): Promise<void>
}

/** DescribeServices and DescribeTasks accept this many names. */
const servicesPerCall = 10
const tasksPerCall = 100

export function createContainers(clients: Pick<Clients, 'ecs'>): Containers {
  return {
    async services(cluster, names) {
      const ecs = await clients.ecs()
      const answers = await Promise.all(
        batches(names, servicesPerCall).map(async batch => {
          const ask = () => ecs.describeServices({cluster, services: [...batch]})
          return (await unlessAbsent(ask, isMissing, undefined))?.services ?? []
        }),
      )
      const found = answers.flat()
      return names.map(name =>
        serviceOf(
          cluster,
          name,
          found.find(({serviceName}) => serviceName === name),
        ),
      )
    },

    async tasks(cluster, service, {stopped = false} = {}) {
      const ecs = await clients.ecs()
      const desiredStatus = stopped ? 'STOPPED' : 'RUNNING'
      const list = () =>
        allPages(async token => {
          const page = await ecs.listTasks({cluster, serviceName: service, desiredStatus, nextToken: token})
          return {items: page.taskArns, token: page.nextToken}
        })
      const arns = await unlessAbsent(list, isMissing, [])
      const answers = await Promise.all(
        batches(arns, tasksPerCall).map(batch => ecs.describeTasks({cluster, tasks: [...batch]})),
      )
      return answers.flatMap(({tasks}) => tasks ?? []).map(taskOf)
    },

    async stoppedTasksOf(cluster, service) {
      const ecs = await clients.ecs()
      // By the name of a service that is gone ECS lists nothing; each of its tasks still names it as its group.
      const list = () =>
        allPages(async token => {
          const page = await ecs.listTasks({cluster, desiredStatus: 'STOPPED', nextToken: token})
          return {items: page.taskArns, token: page.nextToken}
        })
      const arns = await unlessAbsent(list, isMissing, [])
      const answers = await Promise.all(
        batches(arns, tasksPerCall).map(batch => ecs.describeTasks({cluster, tasks: [...batch]})),
      )
      return answers
        .flatMap(({tasks}) => tasks ?? [])
        .filter(({group}) => group === `service:${service}`)
        .map(taskOf)
    },

    async definition(arn) {
      const ecs = await clients.ecs()
      const ask = () => ecs.describeTaskDefinition({taskDefinition: arn})
      // "Unable to describe task definition." is a ClientException, as everything that the caller did wrong.
      const answer = await unlessAbsent(ask, error => isNamed(error, 'ClientException'), undefined)
      return (answer?.taskDefinition?.containerDefinitions ?? []).map(definedContainerOf)
    },

    async scale(cluster, service, desiredCount) {
      const ecs = await clients.ecs()
      await ecs.updateService({cluster, service, desiredCount})
    },

    async restart(cluster, service) {
      const ecs = await clients.ecs()
      await ecs.updateService({cluster, service, forceNewDeployment: true})
    },
  }
}

function isMissing(error: unknown): boolean {
  return isNamed(error, 'ClusterNotFoundException', 'ServiceNotFoundException')
}

function serviceOf(cluster: string, name: string, service: Service | undefined): ContainerService {
  const primary = service?.deployments?.find(({status}) => status === 'PRIMARY')
  return {
    name,
    arn: service?.serviceArn,
    definition: service?.taskDefinition,
    cluster,
    status: statuses.find(status => status === service?.status) ?? 'MISSING',
    desired: service?.desiredCount ?? 0,
    running: service?.runningCount ?? 0,
    pending: service?.pendingCount ?? 0,
    rollout: primary?.rolloutState ?? '',
    rolloutReason: primary?.rolloutStateReason,
    deployedAt: primary?.createdAt?.getTime(),
    createdAt: service?.createdAt?.getTime(),
    deployments: service?.deployments?.length ?? 0,
    events: (service?.events ?? []).flatMap(({message}) => message ?? []),
    failedTasks: primary?.failedTasks,
    targetGroups: (service?.loadBalancers ?? []).flatMap(({targetGroupArn}) => targetGroupArn ?? []),
  }
}

const statuses = ['ACTIVE', 'DRAINING', 'INACTIVE'] as const

function taskOf(task: Task): ContainerTask {
  return {
    id: task.taskArn?.split('/').at(-1) ?? '',
    definition: task.taskDefinitionArn,
    createdAt: task.createdAt?.getTime(),
    startedAt: task.startedAt?.getTime(),
    stoppedAt: task.stoppedAt?.getTime(),
    lastStatus: task.lastStatus ?? '',
    healthStatus: task.healthStatus ?? 'UNKNOWN',
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    containers: (task.containers ?? []).map(container => ({
      name: container.name ?? '',
      lastStatus: container.lastStatus ?? '',
      exitCode: container.exitCode,
      reason: container.reason,
    })),
  }
}

/** The stream of a container is `prefix/container/task id`. Source: ECS developer guide, "Using the awslogs log driver". */
function definedContainerOf({
  name = '',
  image = '',
  essential = true,
  logConfiguration,
}: ContainerDefinition) {
  const {'awslogs-group': group, 'awslogs-stream-prefix': prefix} = logConfiguration?.options ?? {}
  const isKept = logConfiguration?.logDriver === 'awslogs' && group !== undefined
  return {name, image, essential, ...(isKept ? {log: {group, prefix}} : {})}
}
