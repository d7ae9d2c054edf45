import type {
  Action,
  ElasticLoadBalancingV2,
  TargetGroup as SdkTargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {allPages, unlessAbsent} from './pages.js'

/** A target group. */
export interface TargetGroup {
  readonly name: string
  readonly arn: string
  readonly port: number
  /** ARNs of the load balancers that send to it; empty when no listener does. */
  readonly loadBalancers: readonly string[]
}

/** One target's health. `state`: initial, healthy, unhealthy, unhealthy.draining, unused, draining, unavailable. */
export interface TargetHealth {
  readonly id: string
  readonly port: number
  readonly state: string
  /** Such as Target.ResponseCodeMismatch. */
  readonly reason?: string
  readonly description?: string
}

/** A listener and the target groups that its default action forwards to. */
export interface Listener {
  readonly arn: string
  readonly port: number
  readonly protocol: string
  readonly targetGroupArns: readonly string[]
  /** ARN of the default one; undefined without TLS. */
  readonly certificate: string | undefined
}

/** Elastic Load Balancing v2. */
export interface LoadBalancers {
  /** Of all load balancers of the region. `type`: application, network, gateway. */
  all(): Promise<readonly {name: string; arn: string; type: string}[]>
  /** The hosted zone of a load balancer's DNS name, which an alias of it names; undefined when no load balancer has that name. */
  zoneOf(dnsName: string): Promise<string | undefined>
  /** The ones that exist, in the order asked. */
  targetGroups(names: readonly string[]): Promise<readonly TargetGroup[]>
  /** Empty when the group has no targets or does not exist. */
  targetHealth(arn: string): Promise<readonly TargetHealth[]>
  /** Undefined when the load balancer does not exist. One call less where its ARN is known. */
  listeners(loadBalancerName: string, arn?: string): Promise<readonly Listener[] | undefined>
}

export function createLoadBalancers(clients: Pick<Clients, 'loadBalancing'>): LoadBalancers {
  return {
    async all() {
      const found = await everyBalancer(await clients.loadBalancing())
      return found.map(({LoadBalancerName: name = '', LoadBalancerArn: arn = '', Type: type = ''}) => ({
        name,
        arn,
        type,
      }))
    },

    async zoneOf(dnsName) {
      const found = await everyBalancer(await clients.loadBalancing())
      return found.find(({DNSName}) => DNSName?.toLowerCase() === dnsName.toLowerCase())
        ?.CanonicalHostedZoneId
    },

    async targetGroups(names) {
      const sdk = await clients.loadBalancing()
      const found = (await groupsNamed(sdk, names)).map(groupOf)
      return names.flatMap(name => found.find(group => group.name === name) ?? [])
    },

    async targetHealth(arn) {
      const sdk = await clients.loadBalancing()
      const answer = await unlessAbsent(
        () => sdk.describeTargetHealth({TargetGroupArn: arn}),
        isMissingGroup,
        undefined,
      )
      return (answer?.TargetHealthDescriptions ?? []).map(({Target, TargetHealth: health}) => ({
        id: Target?.Id ?? '',
        port: Target?.Port ?? 0,
        state: health?.State ?? '',
        reason: health?.Reason,
        description: health?.Description,
      }))
    },

    async listeners(loadBalancerName, arn) {
      const sdk = await clients.loadBalancing()
      return unlessAbsent(
        () => listenersOf(sdk, loadBalancerName, arn),
        error => isNamed(error, 'LoadBalancerNotFoundException'),
        undefined,
      )
    },
  }
}

function everyBalancer(sdk: ElasticLoadBalancingV2) {
  return allPages(async marker => {
    const page = await sdk.describeLoadBalancers({Marker: marker})
    return {items: page.LoadBalancers, token: page.NextMarker}
  })
}

/** One call for all; AWS fails the whole call when one is missing, so then each is asked for by itself. */
async function groupsNamed(
  sdk: ElasticLoadBalancingV2,
  names: readonly string[],
): Promise<readonly SdkTargetGroup[]> {
  if (names.length === 0) return []
  const ask = async () => (await sdk.describeTargetGroups({Names: [...names]})).TargetGroups ?? []
  const groups = await unlessAbsent(ask, isMissingGroup, undefined)
  if (groups) return groups
  if (names.length === 1) return []
  return (await Promise.all(names.map(name => groupsNamed(sdk, [name])))).flat()
}

async function listenersOf(
  sdk: ElasticLoadBalancingV2,
  name: string,
  known: string | undefined,
): Promise<readonly Listener[] | undefined> {
  const arn = known ?? (await sdk.describeLoadBalancers({Names: [name]})).LoadBalancers?.[0]?.LoadBalancerArn
  if (arn === undefined) return
  const listeners = await allPages(async marker => {
    const page = await sdk.describeListeners({LoadBalancerArn: arn, Marker: marker})
    return {items: page.Listeners, token: page.NextMarker}
  })
  return listeners.map(listener => ({
    arn: listener.ListenerArn ?? '',
    port: listener.Port ?? 0,
    protocol: listener.Protocol ?? '',
    targetGroupArns: forwardedTo(listener.DefaultActions ?? []),
    certificate: listener.Certificates?.[0]?.CertificateArn,
  }))
}

/** The target groups. An action names them twice: the only one alone, and all of them with weights. */
export function forwardedTo(actions: readonly Action[]): readonly string[] {
  const named = actions.flatMap(({TargetGroupArn, ForwardConfig}) => [
    TargetGroupArn,
    ...(ForwardConfig?.TargetGroups ?? []).map(group => group.TargetGroupArn),
  ])
  return [...new Set(named.filter(arn => arn !== undefined))]
}

function groupOf(group: SdkTargetGroup): TargetGroup {
  return {
    name: group.TargetGroupName ?? '',
    arn: group.TargetGroupArn ?? '',
    port: group.Port ?? 0,
    loadBalancers: group.LoadBalancerArns ?? [],
  }
}

function isMissingGroup(error: unknown): boolean {
  return isNamed(error, 'TargetGroupNotFoundException')
}
