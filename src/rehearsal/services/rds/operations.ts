import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {resourceStatusOf} from '../../resources/resource-status.js'
import {flag, number, record, text, texts} from '../../resources/values.js'
import {AwsError, modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {auroraEngine, auroraVersions, upgradeTargets} from './engine-versions.js'
import {rdsPage} from './page.js'
import {snapshotOperations} from './snapshot-operations.js'

const clusterType = 'AWS::RDS::DBCluster'
const instanceType = 'AWS::RDS::DBInstance'
const proxyType = 'AWS::RDS::DBProxy'

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
    DeleteDBCluster({DBClusterIdentifier: name, SkipFinalSnapshot, FinalDBSnapshotIdentifier}, call) {
      const region = world.region(call.region)
      const cluster = demand(region, clusterType, name, 'DBClusterNotFoundFault', 'DBCluster')
      if (flag(cluster.properties.DeletionProtection)) {
        throw new AwsError(
          'InvalidParameterCombination',
          'Cannot delete protected Cluster, please disable deletion protection and try again.',
        )
      }
      const members = world
        .resourcesOf(region, instanceType)
        .some(({properties: {DBClusterIdentifier}}) => DBClusterIdentifier === cluster.physicalId)
      if (members) {
        throw modelled(
          'InvalidDBClusterStateFault',
          'Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
        )
      }
      if (!SkipFinalSnapshot && FinalDBSnapshotIdentifier === undefined) {
        throw new AwsError(
          'InvalidParameterCombination',
          'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
        )
      }
      if (FinalDBSnapshotIdentifier !== undefined) {
        world.put(region, {
          ...{type: 'AWS::RDS::DBClusterSnapshot', physicalId: FinalDBSnapshotIdentifier, attributes: {}},
          ...{
            properties: {DBClusterIdentifier: cluster.physicalId},
            tags: {},
            createdAt: world.now,
            data: {},
          },
        })
      }
      const DBCluster = {...clusterEntry(world, region, cluster), Status: 'deleting'}
      world.remove(region, cluster)
      return {DBCluster}
    },
    DeleteDBInstance({DBInstanceIdentifier: name}, call) {
      const region = world.region(call.region)
      const instance = demand(region, instanceType, name, 'DBInstanceNotFoundFault', 'DBInstance')
      if (flag(instance.properties.DeletionProtection)) {
        throw new AwsError(
          'InvalidParameterCombination',
          'Cannot delete protected DB Instance, please disable deletion protection and try again.',
        )
      }
      const DBInstance = {...instanceEntry(region, instance), DBInstanceStatus: 'deleting'}
      world.remove(region, instance)
      return {DBInstance}
    },
    DeleteDBProxy({DBProxyName: name}, call) {
      const region = world.region(call.region)
      const proxy = demand(region, proxyType, name, 'DBProxyNotFoundFault', 'DBProxy')
      world.remove(region, proxy)
      for (const group of world.resourcesOf(region, 'AWS::RDS::DBProxyTargetGroup')) {
        if (group.properties.DBProxyName === proxy.physicalId) world.remove(region, group)
      }
      return {DBProxy: {DBProxyName: proxy.physicalId, Status: 'deleting' as const}}
    },
    ...snapshotOperations(world),
    DescribeDBEngineVersions({Engine: engine, EngineVersion: version, Marker, MaxRecords}) {
      // What other engines there are is no affair of this account; RDS answers an unknown one with an empty list.
      const known = engine === undefined || engine === auroraEngine ? auroraVersions : []
      const wanted = known.filter(each => version === undefined || each === version)
      const page = rdsPage(wanted, Marker, MaxRecords)
      return {
        DBEngineVersions: page.items.map(each => ({
          Engine: auroraEngine,
          EngineVersion: each,
          DBParameterGroupFamily: 'aurora-mysql8.0',
          DBEngineDescription: 'Aurora MySQL',
          DBEngineVersionDescription: `Aurora MySQL ${each.split('aurora.')[1]} (compatible with MySQL 8.0)`,
          Status: 'available',
          ValidUpgradeTarget: upgradeTargets(each).map(EngineVersion => ({
            ...{Engine: auroraEngine, EngineVersion, AutoUpgrade: false, IsMajorVersionUpgrade: false},
            Description: `Aurora MySQL ${EngineVersion.split('aurora.')[1]}`,
          })),
        })),
        Marker: page.next,
      }
    },
    DescribeDBInstances({DBInstanceIdentifier: name, Marker, MaxRecords}, call) {
      const region = world.region(call.region)
      const missing = () => modelled('DBInstanceNotFoundFault', `DBInstance ${name} not found.`)
      const page = rdsPage(named(region, instanceType, name, missing), Marker, MaxRecords)
      return {DBInstances: page.items.map(each => instanceEntry(region, each)), Marker: page.next}
    },
    DescribeDBProxies({DBProxyName: name, Marker, MaxRecords}, call) {
      const region = world.region(call.region)
      const missing = () => modelled('DBProxyNotFoundFault', `DBProxy ${name} not found.`)
      const page = rdsPage(named(region, proxyType, name, missing), Marker, MaxRecords)
      return {
        DBProxies: page.items.map(proxy => ({
          DBProxyName: proxy.physicalId,
          DBProxyArn: text(proxy.attributes.DBProxyArn),
          Status: statusOf(region, proxy) as 'available',
          EngineFamily: text(proxy.properties.EngineFamily),
          Endpoint: text(proxy.attributes.Endpoint),
          VpcId: text(proxy.attributes.VpcId),
          VpcSubnetIds: texts(proxy.properties.VpcSubnetIds),
          VpcSecurityGroupIds: texts(proxy.properties.VpcSecurityGroupIds),
          RequireTLS: flag(proxy.properties.RequireTLS) ?? false,
          CreatedDate: new Date(proxy.createdAt),
        })),
        Marker: page.next,
      }
    },
  } satisfies Operations<'rds'>
}

/** In RDS's words, from what the stack that owns it is doing with it. */
function statusOf(region: Region, resource: Resource): string {
  const status = resourceStatusOf(region, resource)
  if (status === 'CREATE_IN_PROGRESS') return 'creating'
  if (status === 'DELETE_IN_PROGRESS') return 'deleting'
  return status === 'UPDATE_IN_PROGRESS' ? 'modifying' : 'available'
}

function clusterEntry(world: World, region: Region, cluster: Resource) {
  const {physicalId, properties, attributes, tags, createdAt} = cluster
  const scaling = record(properties.ServerlessV2ScalingConfiguration)
  return {
    DBClusterIdentifier: physicalId,
    DBClusterArn: text(attributes.DBClusterArn),
    DbClusterResourceId: text(attributes.DBClusterResourceId),
    Status: statusOf(region, cluster),
    Engine: text(properties.Engine),
    EngineVersion: text(properties.EngineVersion),
    DatabaseName: text(properties.DatabaseName),
    MasterUsername: text(properties.MasterUsername),
    Endpoint: text(attributes['Endpoint.Address']),
    ReaderEndpoint: text(attributes['ReadEndpoint.Address']),
    Port: number(attributes['Endpoint.Port']),
    DeletionProtection: flag(properties.DeletionProtection) ?? false,
    StorageEncrypted: flag(properties.StorageEncrypted) ?? false,
    KmsKeyId: text(properties.KmsKeyId),
    BackupRetentionPeriod: number(properties.BackupRetentionPeriod) ?? 1,
    VpcSecurityGroups: texts(properties.VpcSecurityGroupIds).map(VpcSecurityGroupId => ({
      VpcSecurityGroupId,
      Status: 'active',
    })),
    ServerlessV2ScalingConfiguration: {
      MinCapacity: number(scaling.MinCapacity),
      MaxCapacity: number(scaling.MaxCapacity),
    },
    DBClusterMembers: world
      .resourcesOf(region, instanceType)
      .filter(({properties: {DBClusterIdentifier}}) => DBClusterIdentifier === physicalId)
      .map((instance, index) => ({
        DBInstanceIdentifier: instance.physicalId,
        IsClusterWriter: index === 0,
        PromotionTier: 1,
      })),
    ClusterCreateTime: new Date(createdAt),
    TagList: Object.entries(tags).map(([Key, Value]) => ({Key, Value})),
  }
}

function instanceEntry(region: Region, instance: Resource) {
  const {physicalId, properties, attributes, tags, createdAt} = instance
  return {
    DBInstanceIdentifier: physicalId,
    DBInstanceArn: text(attributes.DBInstanceArn),
    DbiResourceId: text(attributes.DbiResourceId),
    DBInstanceClass: text(properties.DBInstanceClass),
    DBInstanceStatus: statusOf(region, instance),
    DBClusterIdentifier: text(properties.DBClusterIdentifier),
    Engine: text(properties.Engine),
    Endpoint: {
      Address: text(attributes['Endpoint.Address']),
      Port: number(attributes['Endpoint.Port']),
      HostedZoneId: text(attributes['Endpoint.HostedZoneId']),
    },
    PubliclyAccessible: flag(properties.PubliclyAccessible) ?? false,
    InstanceCreateTime: new Date(createdAt),
    TagList: Object.entries(tags).map(([Key, Value]) => ({Key, Value})),
  }
}
