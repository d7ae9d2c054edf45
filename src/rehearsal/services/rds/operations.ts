import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {AwsError, modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {backupOperations} from './backup-operations.js'
import {clusterType, instanceType} from './cluster-providers.js'
import {deleteOperations} from './delete-operations.js'
import {
  auroraEngine,
  auroraLifecycles,
  auroraMajor,
  auroraVersions,
  upgradeTargets,
  withdrawnVersions,
} from './engine-versions.js'
import {clusterEntry, instanceEntry, proxyEntry} from './entries.js'
import {groupOperations} from './group-operations.js'
import {orderableOperations} from './orderable-operations.js'
import {rdsPage} from './page.js'
import {proxyTargetOperations} from './proxy-target-operations.js'
import {snapshotOperations} from './snapshot-operations.js'

const proxyType = 'AWS::RDS::DBProxy'

const versionsOf = (all: boolean | undefined): readonly string[] =>
  all ? [...withdrawnVersions, ...auroraVersions] : auroraVersions

/** Amazon RDS, as far as reading and deleting databases goes. Source: Amazon RDS API reference. */
export function rdsOperations(world: World) {
  const named = (region: Region, type: string, name: string | undefined, missing: () => Error) => {
    const all = world.resourcesOf(region, type)
    if (name === undefined) return all
    const found = all.filter(({physicalId, attributes}) =>
      [physicalId, attributes.DBClusterArn, attributes.DBInstanceArn].includes(name),
    )
    if (found.length === 0) throw missing()
    return found
  }
  const demand = (region: Region, type: string, name: string | undefined, fault: string, kind: string) => {
    const [found] = named(region, type, name ?? '', () => modelled(fault, `${kind} ${name} not found.`))
    return found as Resource
  }
  return {
    DescribeDBClusters({DBClusterIdentifier: name, Marker, MaxRecords}, call) {
      const region = world.region(call.region)
      const missing = () => modelled('DBClusterNotFoundFault', `DBCluster ${name} not found.`)
      const page = rdsPage(named(region, clusterType, name, missing), Marker, MaxRecords)
      return {DBClusters: page.items.map(each => clusterEntry(world, region, each)), Marker: page.next}
    },
    ModifyDBCluster({DBClusterIdentifier: name, DeletionProtection, ...others}, call) {
      const region = world.region(call.region)
      const cluster = demand(region, clusterType, name, 'DBClusterNotFoundFault', 'DBCluster')
      const wanted = Object.entries(others).filter(
        ([key, value]) => value !== undefined && key !== 'ApplyImmediately',
      )
      if (wanted.length > 0) {
        const names = wanted.map(([key]) => key).join(', ')
        throw new AwsError(
          'InvalidParameterCombination',
          `This account does not change ${names} of a cluster.`,
        )
      }
      // A copy: the stack's own record of the properties must not change with it.
      if (DeletionProtection !== undefined) {
        cluster.properties = {...cluster.properties, DeletionProtection}
      }
      return {DBCluster: clusterEntry(world, region, cluster)}
    },
    ...backupOperations(world),
    ...deleteOperations(world),
    ...groupOperations(world),
    ...orderableOperations(),
    ...proxyTargetOperations(world),
    ...snapshotOperations(world),
    DescribeDBEngineVersions({Engine: engine, EngineVersion: version, IncludeAll, Marker, MaxRecords}) {
      // What other engines there are is no affair of this account; RDS answers an unknown one with an empty list.
      const known = engine === undefined || engine === auroraEngine ? versionsOf(IncludeAll) : []
      const wanted = known.filter(each => version === undefined || each === version)
      const page = rdsPage(wanted, Marker, MaxRecords)
      return {
        DBEngineVersions: page.items.map(each => ({
          Engine: auroraEngine,
          EngineVersion: each,
          DBParameterGroupFamily: 'aurora-mysql8.0',
          DBEngineDescription: 'Aurora MySQL',
          DBEngineVersionDescription: `Aurora MySQL ${each.split('aurora.')[1]} (compatible with MySQL 8.0)`,
          MajorEngineVersion: auroraMajor,
          Status: withdrawnVersions.includes(each) ? 'deprecated' : 'available',
          ValidUpgradeTarget: upgradeTargets(each).map(EngineVersion => ({
            ...{Engine: auroraEngine, EngineVersion, AutoUpgrade: false, IsMajorVersionUpgrade: false},
            Description: `Aurora MySQL ${EngineVersion.split('aurora.')[1]}`,
          })),
        })),
        Marker: page.next,
      }
    },
    DescribeDBMajorEngineVersions({Engine: engine, MajorEngineVersion: major, Marker, MaxRecords}) {
      const isAsked = [undefined, auroraEngine].includes(engine) && [undefined, auroraMajor].includes(major)
      const all = isAsked ? [auroraMajor] : []
      const page = rdsPage(all, Marker, MaxRecords)
      return {
        DBMajorEngineVersions: page.items.map(MajorEngineVersion => ({
          ...{Engine: auroraEngine, MajorEngineVersion},
          SupportedEngineLifecycles: [...auroraLifecycles],
        })),
        Marker: page.next,
      }
    },
    DescribeDBInstances({DBInstanceIdentifier: name, Marker, MaxRecords}, call) {
      const region = world.region(call.region)
      const missing = () => modelled('DBInstanceNotFoundFault', `DBInstance ${name} not found.`)
      const page = rdsPage(named(region, instanceType, name, missing), Marker, MaxRecords)
      return {DBInstances: page.items.map(each => instanceEntry(world, region, each)), Marker: page.next}
    },
    DescribeDBProxies({DBProxyName: name, Marker, MaxRecords}, call) {
      const region = world.region(call.region)
      const missing = () => modelled('DBProxyNotFoundFault', `DBProxy ${name} not found.`)
      const page = rdsPage(named(region, proxyType, name, missing), Marker, MaxRecords)
      return {
        DBProxies: page.items.map(proxy => proxyEntry(world, region, proxy)),
        Marker: page.next,
      }
    },
  } satisfies Operations<'rds'>
}
