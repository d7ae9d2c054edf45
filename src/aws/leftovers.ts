import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {allPages, unlessAbsent} from './pages.js'
import type {TaggedResource} from './tagged-resources.js'

/** What deletes a resource that its stack no longer knows. */
export interface Leftovers {
  /** Whether there is a way to delete what is of this kind. */
  canRemove(kind: string): boolean
  /**
   * Does what can be done now towards its deletion, and says whether that was all; to be called again until it is `gone`.
   * No snapshot is taken of a database. One that is gone already is no error.
   * @throws McpgwError in the service's words, such as for what is still in use
   */
  remove(resource: Pick<TaggedResource, 'arn' | 'kind' | 'name'>): Promise<'gone' | 'under-way'>
}

type Remove = (
  clients: Clients,
  resource: {readonly arn: string; readonly name: string},
) => Promise<'gone' | 'under-way'>

/** A call after which the resource is gone, or as good as gone. */
async function once(call: Promise<unknown>, ...absent: readonly string[]): Promise<'gone'> {
  return unlessAbsent(
    async () => {
      await call
      return 'gone' as const
    },
    error => isNamed(error, ...absent),
    'gone',
  )
}

/** Its instances go first: RDS deletes no cluster that has any. Source: Aurora user guide, "Deleting Aurora DB clusters". */
const cluster: Remove = async (clients, {name}) => {
  const rds = await clients.rds()
  const found = await unlessAbsent(
    () => rds.describeDBClusters({DBClusterIdentifier: name}),
    error => isNamed(error, 'DBClusterNotFoundFault'),
    undefined,
  )
  const [existing] = found?.DBClusters ?? []
  if (existing === undefined) return 'gone'
  const members = existing.DBClusterMembers ?? []
  for (const {DBInstanceIdentifier: member = ''} of members) await instance(clients, {arn: '', name: member})
  if (members.length === 0 && existing.Status !== 'deleting')
    await once(
      rds.deleteDBCluster({DBClusterIdentifier: name, SkipFinalSnapshot: true}),
      'DBClusterNotFoundFault',
    )
  return 'under-way'
}

const instance: Remove = async (clients, {name}) => {
  const rds = await clients.rds()
  const found = await unlessAbsent(
    () => rds.describeDBInstances({DBInstanceIdentifier: name}),
    error => isNamed(error, 'DBInstanceNotFoundFault', 'DBInstanceNotFound'),
    undefined,
  )
  const [existing] = found?.DBInstances ?? []
  if (existing === undefined) return 'gone'
  if (existing.DBInstanceStatus !== 'deleting')
    await rds.deleteDBInstance({DBInstanceIdentifier: name, SkipFinalSnapshot: true})
  return 'under-way'
}

/** Its ARN has an id, the call wants its name. */
const proxy: Remove = async (clients, {arn}) => {
  const rds = await clients.rds()
  const all = await allPages(async token => {
    const page = await rds.describeDBProxies({Marker: token})
    return {items: page.DBProxies, token: page.Marker}
  })
  const existing = all.find(({DBProxyArn}) => DBProxyArn === arn)
  if (existing === undefined) return 'gone'
  if (existing.Status !== 'deleting') await rds.deleteDBProxy({DBProxyName: existing.DBProxyName})
  return 'under-way'
}

/** Its mount targets go first. Source: Amazon EFS API reference, DeleteFileSystem. */
const fileSystem: Remove = async (clients, {name}) => {
  const efs = await clients.efs()
  const targets = await unlessAbsent(
    () => efs.describeMountTargets({FileSystemId: name}),
    error => isNamed(error, 'FileSystemNotFound'),
    undefined,
  )
  if (targets === undefined) return 'gone'
  const left = targets.MountTargets ?? []
  for (const {MountTargetId, LifeCycleState} of left)
    if (LifeCycleState !== 'deleting') await efs.deleteMountTarget({MountTargetId})
  if (left.length > 0) return 'under-way'
  return once(efs.deleteFileSystem({FileSystemId: name}), 'FileSystemNotFound')
}

const loadBalancer: Remove = async (clients, {arn}) => {
  const elb = await clients.loadBalancing()
  return once(elb.deleteLoadBalancer({LoadBalancerArn: arn}), 'LoadBalancerNotFoundException')
}

const targetGroup: Remove = async (clients, {arn}) => {
  const elb = await clients.loadBalancing()
  return once(elb.deleteTargetGroup({TargetGroupArn: arn}), 'TargetGroupNotFoundException')
}

const secret: Remove = async (clients, {arn}) => {
  const secrets = await clients.secrets()
  return once(
    secrets.deleteSecret({SecretId: arn, ForceDeleteWithoutRecovery: true}),
    'ResourceNotFoundException',
  )
}

/** The shortest wait that AWS allows; until then the key can be had back, and costs nothing. */
const key: Remove = async (clients, {arn}) => {
  const kms = await clients.kms()
  return once(kms.scheduleKeyDeletion({KeyId: arn, PendingWindowInDays: 7}), 'NotFoundException')
}

const repository: Remove = async (clients, {name}) => {
  const ecr = await clients.ecr()
  return once(ecr.deleteRepository({repositoryName: name, force: true}), 'RepositoryNotFoundException')
}

/** By kind; what is not here is named with the command that deletes it. */
const removers: Readonly<Record<string, Remove>> = {
  'rds:cluster': cluster,
  'rds:db': instance,
  'rds:db-proxy': proxy,
  'elasticfilesystem:file-system': fileSystem,
  'elasticloadbalancing:loadbalancer': loadBalancer,
  'elasticloadbalancing:targetgroup': targetGroup,
  'secretsmanager:secret': secret,
  'ecr:repository': repository,
  'kms:key': key,
}

export function createLeftovers(clients: Clients): Leftovers {
  return {
    canRemove: kind => Object.hasOwn(removers, kind),
    async remove({kind, ...resource}) {
      return (await removers[kind]?.(clients, resource)) ?? 'under-way'
    },
  }
}
