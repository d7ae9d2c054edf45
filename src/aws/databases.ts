import {environmentTag} from '../environment/names.js'
import type {Clients} from './clients.js'
import {allPages} from './pages.js'

/** What RDS says about the databases of a region. */
export interface Databases {
  /** Versions of an engine that a new cluster can have here, such as `8.0.mysql_aurora.3.10.0`; in AWS's order. */
  engineVersions(engine: string): Promise<readonly string[]>
  /** What the clusters of an environment run, by the tag that every resource of its stacks has. */
  versionsOf(environment: string): Promise<readonly string[]>
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
      const rds = await clients.rds()
      const all = await allPages(async token => {
        const page = await rds.describeDBClusters({Marker: token})
        return {items: page.DBClusters, token: page.Marker}
      })
      return all
        .filter(({TagList = []}) =>
          TagList.some(({Key, Value}) => Key === environmentTag && Value === environment),
        )
        .flatMap(({EngineVersion}) => EngineVersion ?? [])
    },
  }
}
