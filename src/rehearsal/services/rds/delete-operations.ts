import {typicalSeconds} from '../../../durations.js'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {beginGoing} from '../../resources/going.js'
import {isBeingDeleted} from '../../resources/resource-status.js'
import {about} from '../../resources/timing.js'
import {flag} from '../../resources/values.js'
import {AwsError, modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {clusterType, instancesOf, instanceType, notAvailable} from './cluster-providers.js'
import {clusterEntry, instanceEntry, proxyEntry} from './entries.js'
import {snapshotType} from './snapshot-operations.js'

const proxyType = 'AWS::RDS::DBProxy'

/** What ends databases and proxies: each shows as `deleting` until it is gone. Source: Amazon RDS API reference. */
export function deleteOperations(world: World) {
  const demand = (region: Region, type: string, name: string | undefined, fault: string, kind: string) => {
    const found = world
      .resourcesOf(region, type)
      .find(({physicalId, attributes}) =>
        [physicalId, attributes.DBClusterArn, attributes.DBInstanceArn].includes(name?.toLowerCase()),
      )
    if (!found) throw modelled(fault, `${kind} ${name} not found.`)
    return found
  }
  /** Takes as long as CloudFormation's own deletion of the type. */
  const begin = (region: Region, resource: Resource) => {
    const {delete: seconds} = typicalSeconds(resource.type)
    beginGoing(world, region, resource, about(world, seconds, resource.physicalId, 'delete'))
  }
  return {
    DeleteDBCluster(input, call) {
      const {DBClusterIdentifier: name, SkipFinalSnapshot, FinalDBSnapshotIdentifier} = input
      const region = world.region(call.region)
      const cluster = demand(region, clusterType, name, 'DBClusterNotFoundFault', 'DBCluster')
      checkProtection(cluster, 'Cluster')
      if (isBeingDeleted(world, region, cluster)) {
        throw modelled('InvalidDBClusterStateFault', notAvailable(cluster))
      }
      // Those that are going do not keep it. Source: the words of the refusal itself.
      if (instancesOf(world, region, cluster).some(each => !isBeingDeleted(world, region, each))) {
        throw modelled(
          'InvalidDBClusterStateFault',
          'Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
        )
      }
      checkSnapshot(SkipFinalSnapshot, FinalDBSnapshotIdentifier)
      if (FinalDBSnapshotIdentifier !== undefined) {
        takeFinalSnapshot(world, region, cluster, FinalDBSnapshotIdentifier.toLowerCase())
      }
      cluster.data.deleteBackups = input.DeleteAutomatedBackups
      begin(region, cluster)
      return {DBCluster: clusterEntry(world, region, cluster)}
    },
    DeleteDBInstance({DBInstanceIdentifier: name, FinalDBSnapshotIdentifier}, call) {
      const region = world.region(call.region)
      const instance = demand(region, instanceType, name, 'DBInstanceNotFoundFault', 'DBInstance')
      checkProtection(instance, 'DB Instance')
      if (isBeingDeleted(world, region, instance)) {
        throw modelled(
          'InvalidDBInstanceStateFault',
          `Instance ${instance.physicalId} is already being deleted.`,
        )
      }
      if (instance.properties.DBClusterIdentifier !== undefined && FinalDBSnapshotIdentifier !== undefined) {
        throw new AwsError(
          'InvalidParameterCombination',
          'FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance',
        )
      }
      begin(region, instance)
      return {DBInstance: instanceEntry(world, region, instance)}
    },
    DeleteDBProxy({DBProxyName: name}, call) {
      const region = world.region(call.region)
      const proxy = demand(region, proxyType, name, 'DBProxyNotFoundFault', 'DBProxy')
      if (isBeingDeleted(world, region, proxy)) {
        throw modelled('InvalidDBProxyStateFault', `DB Proxy ${proxy.physicalId} is in state DELETING.`)
      }
      begin(region, proxy)
      return {DBProxy: proxyEntry(world, region, proxy)}
    },
  } satisfies Operations<'rds'>
}

function checkProtection({properties}: Resource, kind: string): void {
  if (!flag(properties.DeletionProtection)) return
  throw new AwsError(
    'InvalidParameterCombination',
    `Cannot delete protected ${kind}, please disable deletion protection and try again.`,
  )
}

/** Source: Amazon RDS API reference, DeleteDBCluster: one of the two has to be given, and not both. */
function checkSnapshot(skip: boolean | undefined, name: string | undefined): void {
  if (skip === true && name !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      'FinalDBSnapshotIdentifier cannot be specified when SkipFinalSnapshot is true.',
    )
  }
  if (skip !== true && name === undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
    )
  }
}

function takeFinalSnapshot(world: World, region: Region, cluster: Resource, name: string): void {
  if (world.resource(region, snapshotType, name)) {
    throw modelled(
      'DBClusterSnapshotAlreadyExistsFault',
      `Cannot create the cluster snapshot because one with the identifier ${name} already exists.`,
    )
  }
  const {Engine, EngineVersion, KmsKeyId, StorageEncrypted, CopyTagsToSnapshot} = cluster.properties
  world.put(region, {
    type: snapshotType,
    physicalId: name,
    properties: {DBClusterIdentifier: cluster.physicalId, Engine, EngineVersion, KmsKeyId, StorageEncrypted},
    attributes: {SnapshotCreateTime: world.now},
    tags: flag(CopyTagsToSnapshot) ? cluster.tags : {},
    createdAt: world.now,
    data: {},
  })
}
