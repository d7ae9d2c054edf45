import type {
  Action,
  Listener as ListenerShape,
  LoadBalancer as LoadBalancerShape,
  RuleCondition,
  Rule as RuleShape,
  TargetGroup as TargetGroupShape,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {zoneOf} from '../../resources/subnet-addresses.js'
import {flag, list, number, record, records, text, texts} from '../../resources/values.js'
import {healthCheckOf, loadBalancersOfTargetGroup, subnetsOfLoadBalancer} from './target-groups.js'

export function describeLoadBalancer(world: World, region: Region, balancer: Resource): LoadBalancerShape {
  const {properties, attributes} = balancer
  const subnets = subnetsOfLoadBalancer(balancer)
  return {
    LoadBalancerArn: balancer.physicalId,
    LoadBalancerName: text(attributes.LoadBalancerName),
    DNSName: text(attributes.DNSName),
    CanonicalHostedZoneId: text(attributes.CanonicalHostedZoneID),
    CreatedTime: new Date(balancer.createdAt),
    Scheme: (text(properties.Scheme) ?? 'internet-facing') as LoadBalancerShape['Scheme'],
    VpcId: text(world.resource(region, 'AWS::EC2::Subnet', subnets[0] ?? '')?.properties.VpcId),
    State: {Code: world.now < Number(balancer.data.activeAt ?? 0) ? 'provisioning' : 'active'},
    Type: (text(properties.Type) ?? 'application') as LoadBalancerShape['Type'],
    AvailabilityZones: subnets.map(SubnetId => ({
      SubnetId,
      ZoneName: zoneOf(world, region, SubnetId),
      LoadBalancerAddresses: [],
    })),
    SecurityGroups: texts(properties.SecurityGroups),
    IpAddressType: (text(properties.IpAddressType) ?? 'ipv4') as LoadBalancerShape['IpAddressType'],
  }
}

export function describeTargetGroup(world: World, region: Region, group: Resource): TargetGroupShape {
  const {properties} = group
  const check = healthCheckOf(group)
  return {
    TargetGroupArn: group.physicalId,
    TargetGroupName: text(group.attributes.TargetGroupName),
    Protocol: (text(properties.Protocol) ?? 'HTTP') as TargetGroupShape['Protocol'],
    ProtocolVersion: text(properties.ProtocolVersion) ?? 'HTTP1',
    Port: number(properties.Port),
    VpcId: text(properties.VpcId),
    HealthCheckProtocol: check.protocol as TargetGroupShape['HealthCheckProtocol'],
    HealthCheckPort: check.port,
    HealthCheckEnabled: flag(properties.HealthCheckEnabled) ?? true,
    HealthCheckIntervalSeconds: check.interval,
    HealthCheckTimeoutSeconds: check.timeout,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    HealthCheckPath: check.path,
    Matcher: {HttpCode: check.matcher},
    LoadBalancerArns: loadBalancersOfTargetGroup(world, region, group.physicalId),
    TargetType: (text(properties.TargetType) ?? 'instance') as TargetGroupShape['TargetType'],
    IpAddressType: 'ipv4',
  }
}

export function describeListener(listener: Resource): ListenerShape {
  const {properties} = listener
  const certificates = records(properties.Certificates).flatMap(
    ({CertificateArn}) => text(CertificateArn) ?? [],
  )
  return {
    ListenerArn: listener.physicalId,
    LoadBalancerArn: text(properties.LoadBalancerArn),
    Port: number(properties.Port),
    Protocol: text(properties.Protocol) as ListenerShape['Protocol'],
    Certificates:
      certificates.length > 0 ? certificates.map(CertificateArn => ({CertificateArn})) : undefined,
    SslPolicy: text(properties.SslPolicy),
    DefaultActions: actionsOf(properties.DefaultActions),
  }
}

export function describeRule(rule: Resource): RuleShape {
  const {properties} = rule
  return {
    RuleArn: rule.physicalId,
    Priority: text(properties.Priority),
    Conditions: records(properties.Conditions).map(conditionOf),
    Actions: actionsOf(properties.Actions),
    IsDefault: false,
  }
}

/** The rule that every listener has. */
export function defaultRule(listener: Resource): RuleShape {
  return {
    RuleArn: `${listener.physicalId.replace(':listener/', ':listener-rule/')}/default`,
    Priority: 'default',
    Conditions: [],
    Actions: actionsOf(listener.properties.DefaultActions),
    IsDefault: true,
  }
}

function actionsOf(actions: unknown): Action[] {
  return records(actions).map((action, index) => {
    const forward = record(action.ForwardConfig)
    const groups = records(forward.TargetGroups)
    const several =
      groups.length > 0 ? groups : action.TargetGroupArn ? [{TargetGroupArn: action.TargetGroupArn}] : []
    return {
      Type: text(action.Type) as Action['Type'],
      Order: number(action.Order) ?? (list(actions).length > 1 ? index + 1 : undefined),
      TargetGroupArn: several.length === 1 ? text(several[0]?.TargetGroupArn) : undefined,
      ForwardConfig:
        action.Type === 'forward'
          ? {
              TargetGroups: several.map(({TargetGroupArn, Weight}) => ({
                TargetGroupArn: text(TargetGroupArn),
                Weight: number(Weight) ?? 1,
              })),
              TargetGroupStickinessConfig: {Enabled: false},
            }
          : undefined,
      RedirectConfig: action.RedirectConfig
        ? ({
            Host: '#{host}',
            Path: '/#{path}',
            Port: '#{port}',
            Protocol: '#{protocol}',
            Query: '#{query}',
            ...record(action.RedirectConfig),
          } as Action['RedirectConfig'])
        : undefined,
      FixedResponseConfig: action.FixedResponseConfig as Action['FixedResponseConfig'],
    }
  })
}

function conditionOf(condition: Record<string, unknown>): RuleCondition {
  return condition as RuleCondition
}
