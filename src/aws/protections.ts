import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {unlessAbsent} from './pages.js'

/** Kinds that AWS deletes only when somebody has lifted their protection. */
export type ProtectedKind = 'cloudformation:stack' | 'rds:cluster' | 'elasticloadbalancing:loadbalancer'

/** Deletion protection, which somebody has put on a thing and has to take off it again. */
export interface Protections {
  /** False for one that does not exist. The protection of stacks is told with the stacks themselves. */
  isProtected(kind: Exclude<ProtectedKind, 'cloudformation:stack'>, id: string): Promise<boolean>
  /**
   * @param id name or ARN of a stack, identifier of a cluster, ARN of a load balancer
   */
  lift(kind: ProtectedKind, id: string): Promise<void>
}

/** Source: Elastic Load Balancing API reference, LoadBalancerAttribute. */
const balancerAttribute = 'deletion_protection.enabled'

export function createProtections(
  clients: Pick<Clients, 'cloudFormation' | 'rds' | 'loadBalancing'>,
): Protections {
  return {
    async isProtected(kind, id) {
      if (kind === 'rds:cluster') {
        const rds = await clients.rds()
        const found = await unlessAbsent(
          () => rds.describeDBClusters({DBClusterIdentifier: id}),
          error => isNamed(error, 'DBClusterNotFoundFault'),
          undefined,
        )
        return found?.DBClusters?.[0]?.DeletionProtection === true
      }
      const elb = await clients.loadBalancing()
      const found = await unlessAbsent(
        () => elb.describeLoadBalancerAttributes({LoadBalancerArn: id}),
        error => isNamed(error, 'LoadBalancerNotFoundException', 'LoadBalancerNotFound'),
        undefined,
      )
      return (found?.Attributes ?? []).some(({Key, Value}) => Key === balancerAttribute && Value === 'true')
    },

    async lift(kind, id) {
      switch (kind) {
        case 'cloudformation:stack': {
          const sdk = await clients.cloudFormation()
          await sdk.updateTerminationProtection({StackName: id, EnableTerminationProtection: false})
          return
        }
        case 'rds:cluster': {
          const rds = await clients.rds()
          // At once, and not in the maintenance window. Source: Amazon RDS API reference, ModifyDBCluster.
          await rds.modifyDBCluster({
            DBClusterIdentifier: id,
            DeletionProtection: false,
            ApplyImmediately: true,
          })
          return
        }
        case 'elasticloadbalancing:loadbalancer': {
          const elb = await clients.loadBalancing()
          const Attributes = [{Key: balancerAttribute, Value: 'false'}]
          await elb.modifyLoadBalancerAttributes({LoadBalancerArn: id, Attributes})
        }
      }
    },
  }
}
