import type {ResourceDeclaration} from './template.js'

/**
 * Types that CloudFormation can take a last snapshot of.
 * Source: CloudFormation template reference, "DeletionPolicy attribute".
 */
const snapshotTypes: ReadonlySet<string> = new Set([
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
])

export function supportsSnapshot(type: string): boolean {
  return snapshotTypes.has(type)
}

/**
 * What becomes of a resource that leaves its stack: databases leave a snapshot unless the template says otherwise.
 * Source: CloudFormation template reference, "DeletionPolicy attribute".
 */
export function deletionPolicyOf(declaration: ResourceDeclaration): string {
  if (declaration.deletionPolicy !== undefined) return declaration.deletionPolicy
  const isDatabase =
    declaration.type === 'AWS::RDS::DBCluster' ||
    (declaration.type === 'AWS::RDS::DBInstance' && declaration.properties.DBClusterIdentifier === undefined)
  return isDatabase ? 'Snapshot' : 'Delete'
}

/**
 * What becomes of the old physical resource when an update replaces it; a snapshot that the type does not have is no
 * error, and none is taken.
 * Source: CloudFormation template reference, "UpdateReplacePolicy attribute".
 */
export function updateReplacePolicyOf({type, updateReplacePolicy = 'Delete'}: ResourceDeclaration): string {
  return updateReplacePolicy === 'Snapshot' && !supportsSnapshot(type) ? 'Delete' : updateReplacePolicy
}
