import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {allPages, batches, unlessAbsent} from './pages.js'

/** A standalone task, as ECS calls one that no service has started. */
export interface StandaloneTask {
  readonly arn: string
  /** `family:…` of one that somebody has run. */
  readonly group: string
  /** Who or what has started it, as whoever did it says; empty where nobody does. */
  readonly startedBy: string
}

/** Tasks that were run by hand, or by a schedule, in a cluster. */
export interface StandaloneTasks {
  /** Those that are running or about to; empty where the cluster does not exist. */
  in(cluster: string): Promise<readonly StandaloneTask[]>
  /** One that has stopped already is no error. */
  stop(cluster: string, arn: string): Promise<void>
}

/** Source: Amazon ECS API reference, DescribeTasks. */
const tasksPerCall = 100

export function createStandaloneTasks(clients: Pick<Clients, 'ecs'>): StandaloneTasks {
  return {
    async in(cluster) {
      const ecs = await clients.ecs()
      const arns = await unlessAbsent(
        () =>
          allPages(async nextToken => {
            const page = await ecs.listTasks({cluster, desiredStatus: 'RUNNING', nextToken})
            return {items: page.taskArns, token: page.nextToken}
          }),
        error => isNamed(error, 'ClusterNotFoundException'),
        [],
      )
      const pages = await Promise.all(
        batches(arns, tasksPerCall).map(tasks => ecs.describeTasks({cluster, tasks: [...tasks]})),
      )
      return (
        pages
          .flatMap(({tasks = []}) => tasks)
          // Source: Amazon ECS API reference, Task, group: the service's name for a task of a service.
          .filter(({group = ''}) => !group.startsWith('service:'))
          .map(({taskArn: arn = '', group = '', startedBy = ''}) => ({arn, group, startedBy}))
      )
    },

    async stop(cluster, task) {
      const ecs = await clients.ecs()
      await unlessAbsent(
        () => ecs.stopTask({cluster, task, reason: 'mcpgw teardown deletes the cluster'}),
        error => isNamed(error, 'InvalidParameterException', 'ClusterNotFoundException'),
        undefined,
      )
    },
  }
}
