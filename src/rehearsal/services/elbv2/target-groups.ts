import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {number, type Properties, records, text, texts} from '../../resources/values.js'

export const loadBalancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer'
export const targetGroupType = 'AWS::ElasticLoadBalancingV2::TargetGroup'
export const listenerType = 'AWS::ElasticLoadBalancingV2::Listener'
export const ruleType = 'AWS::ElasticLoadBalancingV2::ListenerRule'

/** A registered target; target groups keep them in `data.targets`. */
export interface Target {
  /** IP address. */
  id: string
  port: number
  zone?: string
  state: 'initial' | 'healthy' | 'unhealthy' | 'draining'
  reason?: string
  description?: string
  registeredAt: number
  /** Names the health check that is scheduled; an older one is ignored. */
  check?: string
  /** Failed checks in a row, while `initial`. */
  failures: number
}

export function targetsOf(targetGroup: Resource): Target[] {
  targetGroup.data.targets ??= []
  return targetGroup.data.targets as Target[]
}

/** Every target group that an action forwards to. */
export function forwardedTo(actions: unknown): string[] {
  return records(actions).flatMap(action => {
    const several = records((action.ForwardConfig as Properties | undefined)?.TargetGroups)
    return [action.TargetGroupArn, ...several.map(group => group.TargetGroupArn)].flatMap(
      arn => text(arn) ?? [],
    )
  })
}

/** ARNs of the load balancers whose listeners or rules forward to a target group. */
export function loadBalancersOfTargetGroup(world: World, region: Region, arn: string): string[] {
  const listeners = world.resourcesOf(region, listenerType)
  const byRule = new Set(
    world
      .resourcesOf(region, ruleType)
      .filter(rule => forwardedTo(rule.properties.Actions).includes(arn))
      .map(rule => text(rule.properties.ListenerArn)),
  )
  const attached = listeners.filter(
    listener =>
      byRule.has(listener.physicalId) || forwardedTo(listener.properties.DefaultActions).includes(arn),
  )
  return [...new Set(attached.flatMap(listener => text(listener.properties.LoadBalancerArn) ?? []))]
}

/** The subnets that a load balancer is in, named plainly or with an address each. */
export function subnetsOfLoadBalancer({properties}: Resource): string[] {
  return [
    ...texts(properties.Subnets),
    ...records(properties.SubnetMappings).flatMap(({SubnetId}) => text(SubnetId) ?? []),
  ]
}

/** How a target group checks its targets; defaults of an Application Load Balancer. */
export function healthCheckOf({properties}: Resource): {
  path: string
  port: string
  protocol: string
  matcher: string
  interval: number
  timeout: number
  healthyThreshold: number
  unhealthyThreshold: number
} {
  const matcher = properties.Matcher as Properties | undefined
  return {
    path: text(properties.HealthCheckPath) ?? '/',
    port: text(properties.HealthCheckPort) ?? 'traffic-port',
    protocol: text(properties.HealthCheckProtocol) ?? 'HTTP',
    matcher: text(matcher?.HttpCode) ?? '200',
    interval: number(properties.HealthCheckIntervalSeconds) ?? 30,
    timeout: number(properties.HealthCheckTimeoutSeconds) ?? 5,
    healthyThreshold: number(properties.HealthyThresholdCount) ?? 5,
    unhealthyThreshold: number(properties.UnhealthyThresholdCount) ?? 2,
  }
}

/** Attributes as the API shows them: defaults, then what was set. */
export function attributesOfTargetGroup({properties}: Resource): Record<string, string> {
  const set = records(properties.TargetGroupAttributes).map(({Key, Value}) => [
    text(Key) ?? '',
    text(Value) ?? '',
  ])
  return {
    'deregistration_delay.timeout_seconds': '300',
    'stickiness.enabled': 'false',
    'stickiness.type': 'lb_cookie',
    'stickiness.lb_cookie.duration_seconds': '86400',
    'load_balancing.algorithm.type': 'round_robin',
    'slow_start.duration_seconds': '0',
    'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
    ...Object.fromEntries(set),
  }
}

export function drainSecondsOf(targetGroup: Resource): number {
  return Number(attributesOfTargetGroup(targetGroup)['deregistration_delay.timeout_seconds'])
}
