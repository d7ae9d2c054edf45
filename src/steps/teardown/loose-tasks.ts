import {isDeleted} from '../../aws/stack-status.js'
import type {Step} from '../step.js'
import type {TeardownContext} from './context.js'
import {unlessRefused} from './refused.js'
import {noteUnchecked} from './unchecked.js'

/**
 * Finds tasks that somebody runs in the environment's clusters besides its services: ECS deletes no cluster in which one
 * runs, and nothing stops it.
 */
export function findLooseTasks(): Step<TeardownContext> {
  return {
    id: 'loose-tasks',
    title: 'Look for tasks of no service',
    skip: ({existingStacks}) => (existingStacks?.length === 0 ? 'no stack exists' : undefined),
    async run(context, {tell}) {
      const {aws, inventory = []} = context
      const clusters = inventory
        .flatMap(({resources}) => resources)
        .filter(
          ({type, physicalId, status}) =>
            type === 'AWS::ECS::Cluster' && physicalId !== '' && !isDeleted(status),
        )
      const found = await Promise.all(
        clusters.map(async ({physicalId: cluster}) => {
          const tasks = await unlessRefused(
            () => aws.looseTasks.in(cluster),
            reason =>
              noteUnchecked(context, `whether tasks of no service run in cluster ${cluster}`, reason, {tell}),
          )
          return (tasks ?? []).map(task => ({...task, cluster}))
        }),
      )
      context.looseTasks = found.flat()
    },
  }
}

/** Stops them: in a cluster of the environment, which goes. */
export function stopLooseTasks(): Step<TeardownContext> {
  return {
    id: 'stop-loose-tasks',
    title: 'Stop tasks of no service',
    skip: ({looseTasks = []}) => (looseTasks.length === 0 ? 'there are none' : undefined),
    async run({aws, looseTasks = [], cleaned}, {tell}) {
      for (const {arn, cluster, group} of looseTasks) {
        const name = `${cluster}/${arn.slice(arn.lastIndexOf('/') + 1)}`
        const isStopped = await unlessRefused(
          async () => {
            await aws.looseTasks.stop(cluster, arn)
            return true
          },
          reason => tell({kind: 'note', text: `Task ${name} (${group}) runs on: ${reason}`}),
        )
        if (!isStopped) continue
        cleaned.push({kind: 'ecs:task', name})
        tell({kind: 'note', text: `Stopped task ${name} (${group}), which no service had started`})
      }
    },
  }
}
