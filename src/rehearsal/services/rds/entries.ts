import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {resourceStatusOf} from '../../resources/resource-status.js'
import {flag, number, record, text, texts} from '../../resources/values.js'
import {instancesOf} from './cluster-providers.js'

/** In RDS's words, from what the stack that owns it is doing with it. */
function statusOf(world: World, region: Region, resource: Resource): string {
  const status = resourceStatusOf(world, region, resource)
  if (status === 'CREATE_IN_PROGRESS') return 'creating'
  if (status === 'DELETE_IN_PROGRESS') return 'deleting'
  return status === 'UPDATE_IN_PROGRESS' ? 'modifying' : 'available'
}

/** A cluster as DescribeDBClusters shows it. */
export function clusterEntry(world: World, region: Region, cluster: Resource) {
  const {physicalId, properties, attributes, tags, createdAt} = cluster
  const scaling = record(properties.ServerlessV2ScalingConfiguration)
  return {
    DBClusterIdentifier: physicalId,
    DBClusterArn: text(attributes.DBClusterArn),
    DbClusterResourceId: text(attributes.DBClusterResourceId),
    Status: statusOf(world, region, cluster),
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
    DBClusterMembers: instancesOf(world, region, cluster).map((instance, index) => ({
      DBInstanceIdentifier: instance.physicalId,
      IsClusterWriter: index === 0,
      PromotionTier: 1,
    })),
    ClusterCreateTime: new Date(createdAt),
    TagList: Object.entries(tags).map(([Key, Value]) => ({Key, Value})),
  }
}

/** An instance as DescribeDBInstances shows it. */
export function instanceEntry(world: World, region: Region, instance: Resource) {
  const {physicalId, properties, attributes, tags, createdAt} = instance
  return {
    DBInstanceIdentifier: physicalId,
    DBInstanceArn: text(attributes.DBInstanceArn),
    DbiResourceId: text(attributes.DbiResourceId),
    DBInstanceClass: text(properties.DBInstanceClass),
    DBInstanceStatus: statusOf(world, region, instance),
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

/** A proxy as DescribeDBProxies shows it. */
export function proxyEntry(world: World, region: Region, proxy: Resource) {
  return {
    DBProxyName: proxy.physicalId,
    DBProxyArn: text(proxy.attributes.DBProxyArn),
    Status: statusOf(world, region, proxy) as 'available',
    EngineFamily: text(proxy.properties.EngineFamily),
    Endpoint: text(proxy.attributes.Endpoint),
    VpcId: text(proxy.attributes.VpcId),
    VpcSubnetIds: texts(proxy.properties.VpcSubnetIds),
    VpcSecurityGroupIds: texts(proxy.properties.VpcSecurityGroupIds),
    RequireTLS: flag(proxy.properties.RequireTLS) ?? false,
    CreatedDate: new Date(proxy.createdAt),
  }
}
