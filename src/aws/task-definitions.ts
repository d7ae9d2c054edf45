import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {batches, unlessAbsent} from './pages.js'

/** Source: Amazon ECS API reference, DeleteTaskDefinitions. */
const perCall = 10

/** Revisions of task definitions. */
export interface TaskDefinitions {
  /**
   * Deregisters those that are active, and has all of them deleted; ECS removes them in the background. CloudFormation only
   * deregisters, which keeps them for ever. One that is gone is no error, and one that ECS keeps is found again.
   * @param active those that have to be deregistered first
   */
  remove(arns: readonly string[], active: ReadonlySet<string>): Promise<void>
}

export function createTaskDefinitions(clients: Pick<Clients, 'ecs'>): TaskDefinitions {
  return {
    async remove(arns, active) {
      const ecs = await clients.ecs()
      for (const arn of arns.filter(each => active.has(each)))
        await unlessAbsent(
          () => ecs.deregisterTaskDefinition({taskDefinition: arn}),
          error => isNamed(error, 'ClientException'),
          undefined,
        )
      for (const batch of batches(arns, perCall))
        await ecs.deleteTaskDefinitions({taskDefinitions: [...batch]})
    },
  }
}
