import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {arn, arnOf} from '../../resources/names.js'
import {flag, text} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {clusterType} from './cluster-providers.js'
import {rdsPage} from './page.js'

export const snapshotType = 'AWS::RDS::DBClusterSnapshot'
/** Until a snapshot, or its copy, is available. Source: measured Aurora snapshots of small clusters. */
const snapshotMs = 120_000

/** Snapshots of clusters that somebody takes. Source: Amazon RDS API reference. */
export function snapshotOperations(world: World) {
  const find = (region: Region, name = '') => {
    const found = world
      .resourcesOf(region, snapshotType)
      .find(each => [each.physicalId, arnOf(world, region, each)].includes(name))
    if (!found) throw modelled('DBClusterSnapshotNotFoundFault', `DBClusterSnapshot ${name} not found.`)
    return found
  }
  const make = (
    region: Region,
    name: string,
    properties: Record<string, unknown>,
    tags: Record<string, string>,
  ) => {
    if (world.resource(region, snapshotType, name)) {
      throw modelled(
        'DBClusterSnapshotAlreadyExistsFault',
        `Cannot create the cluster snapshot because one with the identifier ${name} already exists.`,
      )
    }
    const isTaken = {SnapshotCreateTime: world.now}
    world.put(region, {
      ...{type: snapshotType, physicalId: name, properties, attributes: isTaken, tags},
      ...{createdAt: world.now, data: {}},
    })
    return entry(world, region, find(region, name))
  }
  return {
    CreateDBClusterSnapshot({DBClusterIdentifier, DBClusterSnapshotIdentifier = '', Tags = []}, call) {
      const region = world.region(call.region)
      const cluster = world.resource(region, clusterType, DBClusterIdentifier ?? '')
      if (!cluster) throw modelled('DBClusterNotFoundFault', `DBCluster ${DBClusterIdentifier} not found.`)
      const {Engine, EngineVersion, KmsKeyId, StorageEncrypted, CopyTagsToSnapshot} = cluster.properties
      const copied = flag(CopyTagsToSnapshot) ? cluster.tags : {}
      const properties = {DBClusterIdentifier, Engine, EngineVersion, KmsKeyId, StorageEncrypted}
      return {
        DBClusterSnapshot: make(region, DBClusterSnapshotIdentifier.toLowerCase(), properties, {
          ...copied,
          ...tagRecord(Tags),
        }),
      }
    },
    CopyDBClusterSnapshot(
      {
        SourceDBClusterSnapshotIdentifier,
        TargetDBClusterSnapshotIdentifier = '',
        KmsKeyId,
        CopyTags,
        Tags = [],
      },
      call,
    ) {
      const region = world.region(call.region)
      const source = find(region, SourceDBClusterSnapshotIdentifier)
      if (statusOf(world, source) !== 'available') {
        throw modelled(
          'InvalidDBClusterSnapshotStateFault',
          `DBClusterSnapshot ${source.physicalId} is not in available state.`,
        )
      }
      const key = KmsKeyId === undefined ? {} : {KmsKeyId: keyArn(world, region, KmsKeyId)}
      return {
        DBClusterSnapshot: make(
          region,
          TargetDBClusterSnapshotIdentifier.toLowerCase(),
          {...source.properties, ...key},
          {...(CopyTags ? source.tags : {}), ...tagRecord(Tags)},
        ),
      }
    },
    DescribeDBClusterSnapshots(
      {DBClusterSnapshotIdentifier: name, DBClusterIdentifier: cluster, Marker, MaxRecords},
      call,
    ) {
      const region = world.region(call.region)
      const all = name === undefined ? world.resourcesOf(region, snapshotType) : [find(region, name)]
      const wanted = all.filter(
        ({properties}) => cluster === undefined || properties.DBClusterIdentifier === cluster,
      )
      const page = rdsPage(wanted, Marker, MaxRecords)
      return {DBClusterSnapshots: page.items.map(each => entry(world, region, each)), Marker: page.next}
    },
    DeleteDBClusterSnapshot({DBClusterSnapshotIdentifier: name}, call) {
      const region = world.region(call.region)
      const snapshot = find(region, name)
      if (statusOf(world, snapshot) !== 'available') {
        throw modelled(
          'InvalidDBClusterSnapshotStateFault',
          `Cannot delete the snapshot because it is not currently in the available or failed state.`,
        )
      }
      const DBClusterSnapshot = entry(world, region, snapshot)
      world.remove(region, snapshot)
      return {DBClusterSnapshot}
    },
  } satisfies Operations<'rds'>
}

/** The alias of the key that RDS makes by itself stands for that key; the account has no such key of its own. */
function keyArn(world: World, region: Region, key: string): string {
  return key.startsWith('alias/') ? arn(world, region.name, 'kms', key) : key
}

function tagRecord(tags: readonly {Key?: string; Value?: string}[]): Record<string, string> {
  return Object.fromEntries(tags.map(({Key = '', Value = ''}) => [Key, Value]))
}

/** A last snapshot that a stack took is there when its cluster goes. */
function statusOf(world: World, {attributes, createdAt}: Resource): string {
  if (attributes.SnapshotCreateTime === undefined) return 'available'
  return world.now - createdAt < snapshotMs ? 'creating' : 'available'
}

function entry(world: World, region: Region, snapshot: Resource) {
  const {physicalId, properties, tags, createdAt} = snapshot
  const status = statusOf(world, snapshot)
  return {
    DBClusterSnapshotIdentifier: physicalId,
    DBClusterSnapshotArn: arnOf(world, region, snapshot),
    DBClusterIdentifier: text(properties.DBClusterIdentifier),
    SnapshotCreateTime: new Date(createdAt),
    SnapshotType: 'manual',
    Status: status,
    PercentProgress: status === 'available' ? 100 : 0,
    Engine: text(properties.Engine),
    EngineVersion: text(properties.EngineVersion),
    AllocatedStorage: 1,
    StorageEncrypted: flag(properties.StorageEncrypted) ?? false,
    KmsKeyId: text(properties.KmsKeyId),
    TagList: Object.entries(tags).map(([Key, Value]) => ({Key, Value})),
  }
}
