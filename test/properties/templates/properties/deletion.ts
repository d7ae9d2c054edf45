import type {DeployedResource} from '../deployed.js'
import {differs, type Findings, judgeEach, located, type Property, placeOf} from '../property.js'
import {specificationOf} from '../specification.js'

interface Policies {
  readonly deletion: string
  readonly replacement: string
}

/** What KeepDatabaseSnapshot asks for: the snapshot, and the key without which it could not be read. */
const kept: Readonly<Record<string, Policies>> = {
  'data.KeptDatabaseCluster': {deletion: 'Snapshot', replacement: 'Snapshot'},
  // A first deployment that fails leaves no snapshot to keep the key for.
  'data.KeptDatabaseKey': {deletion: 'RetainExceptOnCreate', replacement: 'Retain'},
}

/**
 * Types that hold something and say so in no registry. Everything else that does must state its policies as well:
 * without them CloudFormation takes a snapshot of a database cluster, and of an instance outside a cluster.
 */
const alsoStateful = ['AWS::ECR::Repository']

/** What would stop a deletion, or stay behind it, whatever the policies say. */
const obstacles: Readonly<Record<string, (properties: DeployedResource['properties']) => Findings>> = {
  'AWS::ECR::Repository': ({EmptyOnDelete}) => [differs('EmptyOnDelete', EmptyOnDelete, true)],
  'AWS::EFS::FileSystem': ({BackupPolicy}) => [
    // Recovery points stay in the vault.
    differs('BackupPolicy', BackupPolicy?.Status, 'DISABLED'),
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({LoadBalancerAttributes = []}) =>
    LoadBalancerAttributes.map(
      ({Key, Value}: {Key: string; Value: string}) =>
        Key === 'deletion_protection.enabled' && differs(Key, Value, 'false'),
    ),
  // 7 days is the shortest that KMS takes; 30 is its default.
  'AWS::KMS::Key': ({PendingWindowInDays}) => [differs('PendingWindowInDays', PendingWindowInDays, 7)],
  'AWS::Lambda::Function': ({VpcConfig}) => [
    VpcConfig && 'its network interfaces would hold subnets and groups for up to 40 minutes',
  ],
  'AWS::Logs::LogGroup': ({DeletionProtectionEnabled}) => [DeletionProtectionEnabled && 'it is protected'],
  'AWS::RDS::DBCluster': ({DeletionProtection = false, DeleteAutomatedBackups = true}) => [
    differs('DeletionProtection', DeletionProtection, false),
    differs('DeleteAutomatedBackups', DeleteAutomatedBackups, true),
  ],
  'AWS::S3::Bucket': () => ['nothing empties it, and a bucket with objects cannot be deleted'],
}

/** A teardown leaves nothing that costs money. */
export const deletion: Property = {
  id: 'deletion',
  title: 'deleting an environment leaves nothing, but the snapshot and its key where they are asked for',
  violations({deployed}) {
    const {KeepDatabaseSnapshot: keeps} = deployed.stack('data').parameters
    const stateful = deployed.resources().filter(isStateful)
    return [
      ...judgeEach(stateful, {atLeast: 32, what: 'resources with a state'}, ({declaration, ...resource}) => {
        const {deletionPolicy, updateReplacePolicy} = declaration
        const {deletion: first, replacement} = kept[placeOf(resource)] ?? {
          deletion: 'Delete',
          replacement: 'Delete',
        }
        return [
          differs('DeletionPolicy', deletionPolicy, first),
          differs('UpdateReplacePolicy', updateReplacePolicy, replacement),
          placeOf(resource) in kept && keeps !== 'true' && 'nobody asked to keep it',
        ]
      }),
      ...deployed.resources().flatMap(resource => {
        const {deletionPolicy = 'Delete', updateReplacePolicy = 'Delete'} = resource.declaration
        return located(placeOf(resource), [
          !isStateful(resource) && differs('DeletionPolicy', deletionPolicy, 'Delete'),
          !isStateful(resource) && differs('UpdateReplacePolicy', updateReplacePolicy, 'Delete'),
          ...(obstacles[resource.type]?.(resource.properties) ?? []),
        ])
      }),
      ...['AWS::RDS::DBCluster', 'AWS::KMS::Key'].flatMap(type => {
        const [one, ...others] = deployed.resources(type)
        return located(`data ${type}`, [
          others.length > 0 && `there are ${others.length + 1} of them`,
          differs('kept', one !== undefined && placeOf(one) in kept, keeps === 'true'),
        ])
      }),
    ]
  },
}

function isStateful({type}: DeployedResource): boolean {
  return alsoStateful.includes(type) || specificationOf(type)?.isStateful === true
}
