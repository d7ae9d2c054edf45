import {isDeleted} from '../../aws/stack-status.js'
import type {Step} from '../step.js'
import type {TeardownContext} from './context.js'
import {unlessRefused} from './refused.js'
import {noteUnchecked} from './unchecked.js'

/**
 * Finds tasks that somebody runs in the environment's clusters besides its services: ECS deletes no cluster in which one
 * runs, and nothing stops it.
 */
export function findStandaloneTasks(): Step<TeardownContext> {
  return {
    id: 'standalone-tasks',
    title: 'Look for standalone tasks',
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
            () => aws.standaloneTasks.in(cluster),
            reason =>
              noteUnchecked(context, `whether standalone tasks run in cluster ${cluster}`, reason, {tell}),
          )
          return (tasks ?? []).map(task => ({...task, cluster}))
        }),
      )
      context.standaloneTasks = found.flat()
    },
  }
}

/** Stops them: in a cluster of the environment, which goes. */
export function stopStandaloneTasks(): Step<TeardownContext> {
  return {
    id: 'stop-standalone-tasks',
    title: 'Stop standalone tasks',
    skip: ({standaloneTasks = []}) => (standaloneTasks.length === 0 ? 'there are none' : undefined),
    async run({aws, standaloneTasks = [], cleaned}, {tell}) {
      for (const {arn, cluster, group} of standaloneTasks) {
        const name = `${cluster}/${arn.slice(arn.lastIndexOf('/') + 1)}`
        const isStopped = await unlessRefused(
          async () => {
            await aws.standaloneTasks.stop(cluster, arn)
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
