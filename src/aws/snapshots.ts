import {environmentTag} from '../environment/names.js'
import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {allPages, unlessAbsent} from './pages.js'

/** The key of Amazon RDS itself, which every account has: it costs nothing and is never deleted. */
const rdsKey = 'alias/aws/rds'

/** A snapshot of a database cluster. */
export interface Snapshot {
  readonly name: string
  /** creating, copying, available, failed … */
  readonly status: string
  /** GiB. */
  readonly size: number
  /** ARN of the key that encrypts it; undefined where none does. */
  readonly key?: string | undefined
}

/** Snapshots of database clusters that somebody took; RDS's own go with their cluster. */
export interface Snapshots {
  /** Ids of the clusters of an environment, by the tag that every resource of its stacks has. */
  clustersOf(environment: string): Promise<readonly string[]>
  /** Begins one, tagged as the environment's. */
  take(cluster: string, name: string, environment: string): Promise<void>
  /**
   * Begins a copy under the key of RDS itself, so that it can be read when the environment's own key is gone. Source:
   * Amazon RDS API reference, CopyDBClusterSnapshot, KmsKeyId.
   */
  copy(name: string, to: string, environment: string): Promise<void>
  /** Those of an environment, by the tag. */
  of(environment: string): Promise<readonly Snapshot[]>
  /** One that does not exist is no error. */
  delete(name: string): Promise<void>
  /** Deletes what is kept of a cluster that is gone, by its resource id; what does not exist is no error. */
  deleteBackup(resourceId: string): Promise<void>
}

export function createSnapshots(clients: Pick<Clients, 'rds'>): Snapshots {
  const tags = (environment: string) => [{Key: environmentTag, Value: environment}]
  const isOf = (environment: string, list: readonly {Key?: string; Value?: string}[] = []) =>
    list.some(({Key, Value}) => Key === environmentTag && Value === environment)
  return {
    async clustersOf(environment) {
      const rds = await clients.rds()
      const all = await allPages(async token => {
        const page = await rds.describeDBClusters({Marker: token})
        return {items: page.DBClusters, token: page.Marker}
      })
      return all
        .filter(({TagList}) => isOf(environment, TagList))
        .flatMap(({DBClusterIdentifier: id}) => id ?? [])
    },

    async take(cluster, name, environment) {
      const rds = await clients.rds()
      await rds.createDBClusterSnapshot({
        DBClusterIdentifier: cluster,
        DBClusterSnapshotIdentifier: name,
        Tags: tags(environment),
      })
    },

    async copy(name, to, environment) {
      const rds = await clients.rds()
      await rds.copyDBClusterSnapshot({
        SourceDBClusterSnapshotIdentifier: name,
        TargetDBClusterSnapshotIdentifier: to,
        KmsKeyId: rdsKey,
        Tags: tags(environment),
      })
    },

    async of(environment) {
      const rds = await clients.rds()
      const all = await allPages(async token => {
        const page = await rds.describeDBClusterSnapshots({SnapshotType: 'manual', Marker: token})
        return {items: page.DBClusterSnapshots, token: page.Marker}
      })
      return all
        .filter(({TagList}) => isOf(environment, TagList))
        .map(snapshot => ({
          name: snapshot.DBClusterSnapshotIdentifier ?? '',
          status: snapshot.Status ?? '',
          size: snapshot.AllocatedStorage ?? 0,
          key: snapshot.KmsKeyId,
        }))
    },

    async delete(name) {
      const rds = await clients.rds()
      await unlessAbsent(
        () => rds.deleteDBClusterSnapshot({DBClusterSnapshotIdentifier: name}),
        error => isNamed(error, 'DBClusterSnapshotNotFoundFault'),
        undefined,
      )
    },

    async deleteBackup(resourceId) {
      const rds = await clients.rds()
      await unlessAbsent(
        () => rds.deleteDBClusterAutomatedBackup({DbClusterResourceId: resourceId}),
        error => isNamed(error, 'DBClusterAutomatedBackupNotFoundFault'),
        undefined,
      )
    },
  }
}
