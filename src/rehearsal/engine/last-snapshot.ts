import {lastSnapshotSeconds} from '../../durations.js'
import type {StackResource} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'

/** The snapshots of the types that have them, and the property of a snapshot that says of what it is. */
const snapshotKinds: Readonly<Record<string, {type: string; source: string}>> = {
  'AWS::RDS::DBCluster': {type: 'AWS::RDS::DBClusterSnapshot', source: 'DBClusterIdentifier'},
  'AWS::RDS::DBInstance': {type: 'AWS::RDS::DBSnapshot', source: 'DBInstanceIdentifier'},
  'AWS::EC2::Volume': {type: 'AWS::EC2::Snapshot', source: 'VolumeId'},
}

/**
 * Takes the snapshot that stays, and is billed, when a resource goes; seconds that its deletion takes longer.
 * Source: CloudFormation template reference, "DeletionPolicy attribute".
 */
export function takeLastSnapshot(context: StackContext, stackResource: StackResource): number {
  const {world, region, stack} = context
  const kind = snapshotKinds[stackResource.type]
  if (!kind) return 0
  const {type, source} = kind
  const physicalId = type.startsWith('AWS::EC2::')
    ? `snap-${world.newHex(17)}`
    : `${stack.name}-snapshot-${stackResource.logicalId}-${world.newSuffix(12)}`.toLowerCase()
  const {KmsKeyId} = world.resource(region, stackResource.type, stackResource.physicalId)?.properties ?? {}
  world.put(region, {
    type,
    physicalId,
    properties: {[source]: stackResource.physicalId, ...(KmsKeyId === undefined ? {} : {KmsKeyId})},
    attributes: {},
    tags: world.resource(region, stackResource.type, stackResource.physicalId)?.tags ?? {},
    createdAt: world.now,
    data: {},
  })
  return lastSnapshotSeconds
}
