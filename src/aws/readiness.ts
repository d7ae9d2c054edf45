import type {Clients} from './clients.js'
import {allPages} from './pages.js'

/** A resource as its service speaks of it: `available`, `creating`, `failed` … in the service's own words. */
export type Conditions = ReadonlyMap<string, string>

/** Whether what was asked for is ready: in express mode CloudFormation does not wait for it. */
export interface Readiness {
  /** The resource types that take a while to be ready, and can be asked. */
  readonly types: readonly string[]
  /** The condition of each, by physical id; one that its service does not know yet is not told of. */
  conditions(type: string, ids: readonly string[]): Promise<Conditions>
}

/** Words of a resource that is as it should be. Sources: the status members in the API references of the services. */
const readyWords: ReadonlySet<string> = new Set(['available', 'active', 'deployed'])

/** Whether a resource is ready, will be, or will never be. Sources: as for the words. */
export function stageOf(condition: string | undefined): 'ready' | 'settling' | 'failed' {
  const word = (condition ?? 'unknown').toLowerCase()
  if (readyWords.has(word)) return 'ready'
  return /fail|incompatible|inaccessible|error|rejected|expired|delet/.test(word) ? 'failed' : 'settling'
}

type Ask = (clients: Clients, ids: readonly string[]) => Promise<Conditions>

/** What has no state yet has none that anybody could read. */
function conditionsOf(
  all: readonly (readonly [id: string | undefined, condition: string | undefined])[],
): Conditions {
  return new Map(all.flatMap(([id, condition]) => (id && condition ? [[id, condition] as const] : [])))
}

const asks: Readonly<Record<string, Ask>> = {
  async 'AWS::EC2::NatGateway'(clients, ids) {
    const ec2 = await clients.ec2()
    const {NatGateways = []} = await ec2.describeNatGateways({
      Filter: [{Name: 'nat-gateway-id', Values: [...ids]}],
    })
    return conditionsOf(NatGateways.map(({NatGatewayId, State}) => [NatGatewayId, State]))
  },
  async 'AWS::EC2::VPCEndpoint'(clients, ids) {
    const ec2 = await clients.ec2()
    const {VpcEndpoints = []} = await ec2.describeVpcEndpoints({
      Filters: [{Name: 'vpc-endpoint-id', Values: [...ids]}],
    })
    return conditionsOf(VpcEndpoints.map(({VpcEndpointId, State}) => [VpcEndpointId, State]))
  },
  async 'AWS::RDS::DBCluster'(clients) {
    const rds = await clients.rds()
    const all = await allPages(async token => {
      const page = await rds.describeDBClusters({Marker: token})
      return {items: page.DBClusters, token: page.Marker}
    })
    return conditionsOf(all.map(({DBClusterIdentifier, Status}) => [DBClusterIdentifier, Status]))
  },
  async 'AWS::RDS::DBInstance'(clients) {
    const rds = await clients.rds()
    const all = await allPages(async token => {
      const page = await rds.describeDBInstances({Marker: token})
      return {items: page.DBInstances, token: page.Marker}
    })
    return conditionsOf(
      all.map(({DBInstanceIdentifier, DBInstanceStatus}) => [DBInstanceIdentifier, DBInstanceStatus]),
    )
  },
  async 'AWS::RDS::DBProxy'(clients) {
    const rds = await clients.rds()
    const all = await allPages(async token => {
      const page = await rds.describeDBProxies({Marker: token})
      return {items: page.DBProxies, token: page.Marker}
    })
    return conditionsOf(all.map(({DBProxyName, Status}) => [DBProxyName, Status]))
  },
  async 'AWS::RDS::DBProxyTargetGroup'(clients, ids) {
    const rds = await clients.rds()
    const proxies = await allPages(async token => {
      const page = await rds.describeDBProxies({Marker: token})
      return {items: page.DBProxies, token: page.Marker}
    })
    const groups = await Promise.all(
      proxies.map(async ({DBProxyName}): Promise<readonly (readonly [string | undefined, string])[]> => {
        const {TargetGroups = []} = await rds.describeDBProxyTargetGroups({DBProxyName})
        const own = TargetGroups.filter(({TargetGroupArn}) => ids.some(id => id === TargetGroupArn))
        if (own.length === 0) return []
        const {Targets = []} = await rds.describeDBProxyTargets({DBProxyName})
        // A cluster is tracked without a health of its own; its instances have one.
        const healths = Targets.flatMap(({TargetHealth, Type}) =>
          Type === 'TRACKED_CLUSTER' ? [] : (TargetHealth?.State ?? []),
        )
        const condition = healths.includes('AVAILABLE')
          ? 'available'
          : (healths[0]?.toLowerCase() ?? 'registering')
        return own.map(({TargetGroupArn}) => [TargetGroupArn, condition])
      }),
    )
    return conditionsOf(groups.flat())
  },
  async 'AWS::EFS::FileSystem'(clients) {
    const efs = await clients.efs()
    const all = await allPages(async token => {
      const page = await efs.describeFileSystems({Marker: token})
      return {items: page.FileSystems, token: page.NextMarker}
    })
    return conditionsOf(all.map(({FileSystemId, LifeCycleState}) => [FileSystemId, LifeCycleState]))
  },
  async 'AWS::EFS::MountTarget'(clients, ids) {
    const efs = await clients.efs()
    const found = await Promise.all(ids.map(id => efs.describeMountTargets({MountTargetId: id})))
    return conditionsOf(
      found
        .flatMap(({MountTargets = []}) => MountTargets)
        .map(({MountTargetId, LifeCycleState}) => [MountTargetId, LifeCycleState]),
    )
  },
  async 'AWS::ElasticLoadBalancingV2::LoadBalancer'(clients) {
    const sdk = await clients.loadBalancing()
    const all = await allPages(async marker => {
      const page = await sdk.describeLoadBalancers({Marker: marker})
      return {items: page.LoadBalancers, token: page.NextMarker}
    })
    return conditionsOf(all.map(({LoadBalancerArn, State}) => [LoadBalancerArn, State?.Code]))
  },
  async 'AWS::CloudFront::Distribution'(clients) {
    const cloudFront = await clients.cloudFront()
    const all = await allPages(async token => {
      const {DistributionList: list} = await cloudFront.listDistributions({Marker: token})
      return {items: list?.Items, token: list?.IsTruncated ? list.NextMarker : undefined}
    })
    return conditionsOf(all.map(({Id, Status}) => [Id, Status]))
  },
}

export function createReadiness(clients: Clients): Readiness {
  return {
    types: Object.keys(asks),
    async conditions(type, ids) {
      const ask = asks[type]
      if (ask === undefined) throw new Error(`No way to ask whether resources of type ${type} are ready`)
      return ids.length === 0 ? new Map() : ask(clients, ids)
    },
  }
}
