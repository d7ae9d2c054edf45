import type {DBCluster, LifecycleSupportName} from '@aws-sdk/client-rds'
import {environmentTag} from '../environment/names.js'
import type {Clients} from './clients.js'
import {allPages} from './pages.js'
import type {RDS} from './rds-client.js'

/** Versions of an engine in a region, such as `8.0.mysql_aurora.3.10.0`; in AWS's order. */
export interface EngineVersions {
  /** Those that a new cluster can have. */
  readonly offered: readonly string[]
  /** Those that AWS has withdrawn: only clusters that have them keep them. */
  readonly withdrawn: readonly string[]
}

/** Epoch ms. After the first a cluster costs more (RDS Extended Support), after the second AWS upgrades it by itself. */
export interface SupportEnds {
  readonly standard: number
  readonly extended: number | undefined
}

/** What RDS says about the databases of a region. */
export interface Databases {
  engineVersions(engine: string): Promise<EngineVersions>
  /** When AWS ends its support of a major version, such as `8.0`; undefined where it does not tell. */
  supportEnds(engine: string, majorVersion: string): Promise<SupportEnds | undefined>
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
        const page = await rds.describeDBEngineVersions({Engine: engine, IncludeAll: true, Marker: token})
        return {items: page.DBEngineVersions, token: page.Marker}
      })
      const ofStatus = (isWithdrawn: boolean) =>
        all
          .filter(({Status}) => (Status === 'deprecated') === isWithdrawn)
          .flatMap(({EngineVersion}) => EngineVersion ?? [])
      return {offered: ofStatus(false), withdrawn: ofStatus(true)}
    },

    async supportEnds(engine, majorVersion) {
      const rds = await clients.rds()
      const {DBMajorEngineVersions: [found] = []} = await rds.describeDBMajorEngineVersions({
        Engine: engine,
        MajorEngineVersion: majorVersion,
      })
      const endOf = (name: LifecycleSupportName) =>
        found?.SupportedEngineLifecycles?.find(
          ({LifecycleSupportName: named}) => named === name,
        )?.LifecycleSupportEndDate?.getTime()
      const standard = endOf('open-source-rds-standard-support')
      return standard === undefined
        ? undefined
        : {standard, extended: endOf('open-source-rds-extended-support')}
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
