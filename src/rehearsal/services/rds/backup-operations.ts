import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {flag, number, text} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {clusterType} from './cluster-providers.js'
import {rdsPage} from './page.js'
import {retainedBackupType} from './retained-backups.js'

/**
 * Automated backups of clusters: of each that exists, and what one that was deleted has left on request.
 * Source: Amazon RDS API reference, DescribeDBClusterAutomatedBackups.
 */
export function backupOperations(world: World) {
  return {
    DescribeDBClusterAutomatedBackups({DBClusterIdentifier, DbClusterResourceId, Marker, MaxRecords}, call) {
      const region = world.region(call.region)
      const all = [clusterType, retainedBackupType].flatMap(type => world.resourcesOf(region, type))
      const entries = all.map(each => entryOf(region, each))
      const found = entries
        .filter(each => (DBClusterIdentifier ?? each.DBClusterIdentifier) === each.DBClusterIdentifier)
        .filter(each => (DbClusterResourceId ?? each.DbClusterResourceId) === each.DbClusterResourceId)
      const page = rdsPage(found, Marker, MaxRecords)
      return {DBClusterAutomatedBackups: page.items, Marker: page.next}
    },

    DeleteDBClusterAutomatedBackup({DbClusterResourceId: id}, call) {
      const region = world.region(call.region)
      const of = (type: string) =>
        world.resourcesOf(region, type).find(({attributes}) => attributes.DBClusterResourceId === id)
      const retained = of(retainedBackupType)
      if (!retained) {
        throw of(clusterType)
          ? modelled(
              'InvalidDBClusterAutomatedBackupStateFault',
              'The automated backup is in an invalid state: its cluster still exists.',
            )
          : modelled('DBClusterAutomatedBackupNotFoundFault', `No automated backup for ${id} was found.`)
      }
      world.remove(region, retained)
      return {DBClusterAutomatedBackup: {...entryOf(region, retained), Status: 'deleting'}}
    },
  } satisfies Operations<'rds'>
}

function entryOf({name}: Region, {type, physicalId, properties, attributes, createdAt}: Resource) {
  return {
    DBClusterIdentifier: physicalId,
    DbClusterResourceId: text(attributes.DBClusterResourceId),
    DBClusterArn: text(attributes.DBClusterArn),
    Region: name,
    Status: type === clusterType ? 'active' : 'retained',
    Engine: text(properties.Engine),
    EngineVersion: text(properties.EngineVersion),
    StorageEncrypted: flag(properties.StorageEncrypted) ?? false,
    KmsKeyId: text(properties.KmsKeyId),
    BackupRetentionPeriod: number(properties.BackupRetentionPeriod) ?? 1,
    ClusterCreateTime: new Date(createdAt),
  }
}
