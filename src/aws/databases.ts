import type {DBCluster} from '@aws-sdk/client-rds'
import {environmentTag} from '../environment/names.js'
import type {Clients} from './clients.js'
import {allPages} from './pages.js'
import type {RDS} from './rds-client.js'

/** What RDS says about the databases of a region. */
export interface Databases {
  /** Versions of an engine that a new cluster can have here, such as `8.0.mysql_aurora.3.10.0`; in AWS's order. */
  engineVersions(engine: string): Promise<readonly string[]>
  /** What the clusters of an environment run, by the tag that every resource of its stacks has. */
  versionsOf(environment: string): Promise<readonly string[]>
  /** When the newest of them was made, epoch ms; undefined where there is none. */
  madeAt(environment: string): Promise<number | undefined>
}

export function createDatabases(clients: Pick<Clients, 'rds'>): Databases {
  return {
    async engineVersions(engine) {
      const rds = await clients.rds()
      const all = await allPages(async token => {
        const page = await rds.describeDBEngineVersions({Engine: engine, Marker: token})
        return {items: page.DBEngineVersions, token: page.Marker}
      })
      return all.flatMap(({EngineVersion}) => EngineVersion ?? [])
    },

    async versionsOf(environment) {
      const clusters = await clustersOf(await clients.rds(), environment)
      return clusters.flatMap(({EngineVersion}) => EngineVersion ?? [])
    },

    async madeAt(environment) {
      const clusters = await clustersOf(await clients.rds(), environment)
      const times = clusters.flatMap(({ClusterCreateTime}) => ClusterCreateTime?.getTime() ?? [])
      return times.length === 0 ? undefined : Math.max(...times)
    },
  }
}

async function clustersOf(rds: RDS, environment: string): Promise<readonly DBCluster[]> {
  const all = await allPages(async token => {
    const page = await rds.describeDBClusters({Marker: token})
    return {items: page.DBClusters, token: page.Marker}
  })
  return all.filter(({TagList = []}) =>
    TagList.some(({Key, Value}) => Key === environmentTag && Value === environment),
  )
}
