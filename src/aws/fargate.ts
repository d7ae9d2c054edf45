import type {ECS} from '@aws-sdk/client-ecs'
import {McpgwError} from '../errors.js'
import type {Clients} from './clients.js'
import {allPages, batches} from './pages.js'

/** What runs on Fargate in a region. */
export interface Fargate {
  /**
   * Virtual CPUs of the tasks that run or start on demand; undefined when there are too many clusters to look at, or
   * when the caller may not look at all of them.
   */
  vCpusInUse(): Promise<number | undefined>
}

/** Looking at a cluster takes two calls or more, of which ECS allows a region 20 a second. */
const mostClusters = 25
/** DescribeTasks accepts this many. */
const tasksPerCall = 100
/** A task says its CPU in these. */
const unitsPerCpu = 1024

export function createFargate(clients: Pick<Clients, 'ecs'>): Fargate {
  return {
    async vCpusInUse() {
      const ecs = await clients.ecs()
      const clusters = await allPages(async token => {
        const page = await ecs.listClusters({nextToken: token})
        return {items: page.clusterArns, token: page.nextToken}
      })
      if (clusters.length > mostClusters) return undefined
      const units: number[] = []
      // One after another: in an account full of clusters the calls of all would be throttled.
      try {
        for (const cluster of clusters) units.push(await unitsIn(ecs, cluster))
      } catch (error) {
        if (error instanceof McpgwError && error.code === 'ACCESS_DENIED') return undefined
        throw error
      }
      return units.reduce((sum, each) => sum + each, 0) / unitsPerCpu
    },
  }
}

async function unitsIn(ecs: ECS, cluster: string): Promise<number> {
  const arns = await allPages(async token => {
    const page = await ecs.listTasks({cluster, desiredStatus: 'RUNNING', nextToken: token})
    return {items: page.taskArns, token: page.nextToken}
  })
  let units = 0
  for (const batch of batches(arns, tasksPerCall)) {
    const {tasks = []} = await ecs.describeTasks({cluster, tasks: [...batch]})
    // Spot has a quota of its own.
    const counted = tasks.filter(
      ({launchType, capacityProviderName}) =>
        launchType === 'FARGATE' && capacityProviderName !== 'FARGATE_SPOT',
    )
    units += counted.reduce((sum, {cpu}) => sum + (Number(cpu) || 0), 0)
  }
  return units
}
