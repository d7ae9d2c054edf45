import {allPages} from '../pages.js'
import {arnIn, type Reader, tagsOf} from './reader.js'

const clusters: Reader = async clients => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBClusters({Marker: token})
    return {items: page.DBClusters, token: page.Marker}
  })
  return all.map(({DBClusterIdentifier: id = '', DBClusterArn: arn = '', TagList}) => ({
    ...{kind: 'rds:cluster', arn, name: id, id},
    tags: tagsOf(TagList),
  }))
}

const instances: Reader = async clients => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBInstances({Marker: token})
    return {items: page.DBInstances, token: page.Marker}
  })
  return all.map(
    ({DBInstanceIdentifier: id = '', DBInstanceArn: arn = '', TagList, DBClusterIdentifier}) => ({
      ...{kind: 'rds:db', arn, name: id, id},
      tags: tagsOf(TagList),
      within: DBClusterIdentifier === undefined ? [] : [DBClusterIdentifier],
    }),
  )
}

const proxies: Reader = async clients => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBProxies({Marker: token})
    return {items: page.DBProxies, token: page.Marker}
  })
  return all.map(({DBProxyName: id = '', DBProxyArn: arn = ''}) => ({
    kind: 'rds:db-proxy',
    arn,
    name: id,
    id,
  }))
}

/** Those that somebody took; what RDS takes by itself are the automated backups. */
const snapshots: Reader = async clients => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBClusterSnapshots({SnapshotType: 'manual', Marker: token})
    return {items: page.DBClusterSnapshots, token: page.Marker}
  })
  return all.map(snapshot => ({
    kind: 'rds:cluster-snapshot',
    arn: snapshot.DBClusterSnapshotArn ?? '',
    name: snapshot.DBClusterSnapshotIdentifier ?? '',
    id: snapshot.DBClusterSnapshotIdentifier ?? '',
    tags: tagsOf(snapshot.TagList),
    within: snapshot.DBClusterIdentifier === undefined ? [] : [snapshot.DBClusterIdentifier],
    createdAt: snapshot.SnapshotCreateTime?.getTime(),
    size: snapshot.AllocatedStorage,
  }))
}

/** What is kept of clusters that are gone; that of a cluster that is there goes with it. */
const backups: Reader = async (clients, sought) => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBClusterAutomatedBackups({Marker: token})
    return {items: page.DBClusterAutomatedBackups, token: page.Marker}
  })
  return all
    .filter(({Status}) => Status === 'retained')
    .map(backup => ({
      kind: 'rds:cluster-auto-backup',
      arn:
        backup.DBClusterAutomatedBackupsArn ??
        arnIn(sought, 'rds', `cluster-auto-backup:${backup.DbClusterResourceId}`),
      name: backup.DbClusterResourceId ?? '',
      id: backup.DbClusterResourceId ?? '',
      within: backup.DBClusterIdentifier === undefined ? [] : [backup.DBClusterIdentifier],
      createdAt: backup.ClusterCreateTime?.getTime(),
      size: backup.AllocatedStorage,
    }))
}

const parameterGroups: Reader = async clients => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBClusterParameterGroups({Marker: token})
    return {items: page.DBClusterParameterGroups, token: page.Marker}
  })
  return all.map(({DBClusterParameterGroupName: id = '', DBClusterParameterGroupArn: arn = ''}) => ({
    ...{kind: 'rds:cluster-pg', arn, name: id, id},
  }))
}

const subnetGroups: Reader = async clients => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBSubnetGroups({Marker: token})
    return {items: page.DBSubnetGroups, token: page.Marker}
  })
  return all.map(({DBSubnetGroupName: id = '', DBSubnetGroupArn: arn = ''}) => ({
    ...{kind: 'rds:subgrp', arn, name: id, id},
  }))
}

export const databaseReaders: Readonly<Record<string, Reader>> = {
  'rds:cluster': clusters,
  'rds:db': instances,
  'rds:db-proxy': proxies,
  'rds:cluster-snapshot': snapshots,
  'rds:cluster-auto-backup': backups,
  'rds:cluster-pg': parameterGroups,
  'rds:subgrp': subnetGroups,
}
