import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {unlessAbsent} from './pages.js'

/**
 * Deletions, and what prepares them, that CloudFormation would ask for later. What is gone, or going already, is no
 * error: whoever asks wants no more than that.
 */
export interface HeadStarts {
  /** Of a cluster; no snapshot is taken. Source: Amazon RDS API reference, DeleteDBInstance. */
  deleteInstance(id: string): Promise<void>
  /**
   * Without a snapshot. RDS accepts it when all instances of the cluster are being deleted. Source: its refusal "it still
   * contains DB instances in non-deleting state".
   */
  deleteCluster(id: string): Promise<void>
  /** Undefined when there is none. */
  cluster(id: string): Promise<{isProtected: boolean} | undefined>
  /** Source: CloudFront developer guide, "Delete a distribution": it is disabled first, which takes minutes. */
  disableDistribution(id: string): Promise<void>
  /** Its tasks stop; the service stays. */
  stopTasks(serviceArn: string): Promise<void>
  deleteNatGateway(id: string): Promise<void>
  deleteEndpoint(id: string): Promise<void>
  endpointExists(id: string): Promise<boolean>
  deleteProxy(name: string): Promise<void>
  proxyExists(name: string): Promise<boolean>
}

export function createHeadStarts(clients: Pick<Clients, 'rds' | 'cloudFront' | 'ecs' | 'ec2'>): HeadStarts {
  return {
    async deleteInstance(id) {
      const rds = await clients.rds()
      await unlessDone(
        rds.deleteDBInstance({DBInstanceIdentifier: id, SkipFinalSnapshot: true}),
        'DBInstanceNotFound',
        'DBInstanceNotFoundFault',
        'InvalidDBInstanceState',
        'InvalidDBInstanceStateFault',
      )
    },

    async deleteCluster(id) {
      const rds = await clients.rds()
      // One that is going already is refused as any that is not available.
      if ((await clusterOf(rds, id))?.Status === 'deleting') return
      await unlessDone(
        rds.deleteDBCluster({DBClusterIdentifier: id, SkipFinalSnapshot: true}),
        'DBClusterNotFoundFault',
      )
    },

    async cluster(id) {
      const cluster = await clusterOf(await clients.rds(), id)
      return cluster && {isProtected: cluster.DeletionProtection === true}
    },

    async disableDistribution(id) {
      const cloudFront = await clients.cloudFront()
      const found = await unlessAbsent(
        () => cloudFront.getDistributionConfig({Id: id}),
        error => isNamed(error, 'NoSuchDistribution'),
        undefined,
      )
      if (found?.DistributionConfig === undefined || found.DistributionConfig.Enabled === false) return
      await cloudFront.updateDistribution({
        Id: id,
        IfMatch: found.ETag,
        DistributionConfig: {...found.DistributionConfig, Enabled: false},
      })
    },

    async stopTasks(serviceArn) {
      const ecs = await clients.ecs()
      const [, cluster] = serviceArn.split('/')
      await unlessDone(
        ecs.updateService({cluster, service: serviceArn, desiredCount: 0}),
        'ServiceNotFoundException',
        'ServiceNotActiveException',
        'ClusterNotFoundException',
      )
    },

    async deleteNatGateway(id) {
      const ec2 = await clients.ec2()
      await unlessDone(ec2.deleteNatGateway({NatGatewayId: id}), 'NatGatewayNotFound')
    },

    async deleteEndpoint(id) {
      const ec2 = await clients.ec2()
      await ec2.deleteVpcEndpoints({VpcEndpointIds: [id]})
    },

    async endpointExists(id) {
      const ec2 = await clients.ec2()
      // With a filter one that is gone is no error. Deleted ones are listed for a while.
      const {VpcEndpoints = []} = await ec2.describeVpcEndpoints({
        Filters: [{Name: 'vpc-endpoint-id', Values: [id]}],
      })
      return VpcEndpoints.some(({State = ''}) => State.toLowerCase() !== 'deleted')
    },

    async deleteProxy(name) {
      const rds = await clients.rds()
      await unlessDone(
        rds.deleteDBProxy({DBProxyName: name}),
        'DBProxyNotFoundFault',
        'InvalidDBProxyStateFault',
      )
    },

    async proxyExists(name) {
      const rds = await clients.rds()
      const found = await unlessAbsent(
        () => rds.describeDBProxies({DBProxyName: name}),
        error => isNamed(error, 'DBProxyNotFoundFault'),
        undefined,
      )
      return (found?.DBProxies ?? []).length > 0
    },
  }
}

async function clusterOf(rds: Awaited<ReturnType<Clients['rds']>>, id: string) {
  const found = await unlessAbsent(
    () => rds.describeDBClusters({DBClusterIdentifier: id}),
    error => isNamed(error, 'DBClusterNotFoundFault'),
    undefined,
  )
  return found?.DBClusters?.[0]
}

async function unlessDone(call: Promise<unknown>, ...done: readonly string[]): Promise<void> {
  await unlessAbsent(
    () => call,
    error => isNamed(error, ...done),
    undefined,
  )
}
