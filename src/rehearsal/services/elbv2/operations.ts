import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {checkValue} from '../../resources/constraints.js'
import {pageOf} from '../../resources/paging.js'
import {records, text} from '../../resources/values.js'
import {AwsError, modelled, type Operations} from '../../wire/index.js'
import {
  defaultRule,
  describeListener,
  describeLoadBalancer,
  describeRule,
  describeTargetGroup,
} from './describe.js'
import {listenerOperations} from './listener-operations.js'
import {loadBalancerOperations} from './load-balancer-operations.js'
import {demandListener, demandLoadBalancer, demandTargetGroup} from './lookup.js'
import {ruleOperations} from './rule-operations.js'
import {targetGroupOperations} from './target-group-operations.js'
import {
  attributesOfTargetGroup,
  healthCheckOf,
  listenerType,
  loadBalancersOfTargetGroup,
  loadBalancerType,
  ruleType,
  targetGroupType,
  targetsOf,
} from './target-groups.js'
import {healthOf} from './target-health.js'

/** Source: Elastic Load Balancing API reference, PageSize: 1 to 400. */
const largestPage = 400

/** Source: Elastic Load Balancing API reference, DescribeTags. */
const describedAtOnce = 20

const invalid = (message: string): AwsError => new AwsError('ValidationError', message)

function paged<T>(all: readonly T[], {Marker, PageSize = largestPage}: {Marker?: string; PageSize?: number}) {
  checkValue('pageSize', PageSize, {least: 1, most: largestPage}, invalid)
  const {items, next} = pageOf(all, Marker, PageSize)
  return {items, NextMarker: next}
}

/** Elastic Load Balancing v2. Source: Elastic Load Balancing API reference, version 2015-12-01. */
export function elbv2Operations(world: World): Operations<'elbv2'> {
  return {
    ...loadBalancerOperations(world),
    ...listenerOperations(world),
    ...targetGroupOperations(world),
    ...ruleOperations(world),
    DescribeLoadBalancers({LoadBalancerArns, Names, ...paging}, {region: name}) {
      const region = world.region(name)
      const all = world.resourcesOf(region, loadBalancerType)
      const missing = Names?.find(
        wanted => !all.some(({attributes}) => attributes.LoadBalancerName === wanted),
      )
      if (missing) throw modelled('LoadBalancerNotFoundException', `Load balancers '[${missing}]' not found`)
      const chosen = LoadBalancerArns?.length
        ? LoadBalancerArns.map(arn => demandLoadBalancer(world, region, arn))
        : all.filter(
            ({attributes}) => !Names?.length || Names.includes(text(attributes.LoadBalancerName) ?? ''),
          )
      const {items, NextMarker} = paged(chosen, paging)
      return {LoadBalancers: items.map(balancer => describeLoadBalancer(world, region, balancer)), NextMarker}
    },
    DescribeTargetGroups({TargetGroupArns, Names, LoadBalancerArn, ...paging}, {region: name}) {
      const region = world.region(name)
      const all = world.resourcesOf(region, targetGroupType)
      const missing = Names?.some(
        wanted => !all.some(({attributes}) => attributes.TargetGroupName === wanted),
      )
      if (missing) throw modelled('TargetGroupNotFoundException', 'One or more target groups not found')
      if (LoadBalancerArn !== undefined) demandLoadBalancer(world, region, LoadBalancerArn)
      const chosen = TargetGroupArns?.length
        ? TargetGroupArns.map(arn => demandTargetGroup(world, region, arn))
        : all.filter(
            group =>
              (!Names?.length || Names.includes(text(group.attributes.TargetGroupName) ?? '')) &&
              (LoadBalancerArn === undefined ||
                loadBalancersOfTargetGroup(world, region, group.physicalId).includes(LoadBalancerArn)),
          )
      const {items, NextMarker} = paged(chosen, paging)
      return {TargetGroups: items.map(group => describeTargetGroup(world, region, group)), NextMarker}
    },
    DescribeListeners({LoadBalancerArn, ListenerArns, ...paging}, {region: name}) {
      const region = world.region(name)
      if (LoadBalancerArn === undefined && !ListenerArns?.length) {
        throw modelled(
          'ListenerNotFoundException',
          'You must specify either listener ARNs or a load balancer ARN',
        )
      }
      if (ListenerArns?.length) {
        return {Listeners: ListenerArns.map(arn => describeListener(demandListener(world, region, arn)))}
      }
      const {physicalId} = demandLoadBalancer(world, region, LoadBalancerArn)
      const own = world
        .resourcesOf(region, listenerType)
        .filter(({properties}) => properties.LoadBalancerArn === physicalId)
      const {items, NextMarker} = paged(own, paging)
      return {Listeners: items.map(describeListener), NextMarker}
    },
    DescribeRules({ListenerArn, RuleArns, ...paging}, {region: name}) {
      const region = world.region(name)
      const all = world.resourcesOf(region, ruleType)
      if (RuleArns?.length) {
        const found = RuleArns.map(arn => all.find(({physicalId}) => physicalId === arn))
        if (found.includes(undefined)) throw modelled('RuleNotFoundException', 'One or more rules not found')
        return {Rules: found.flatMap(rule => (rule ? [describeRule(rule)] : []))}
      }
      const listener = demandListener(world, region, ListenerArn)
      const own = all.filter(({properties}) => properties.ListenerArn === listener.physicalId)
      const {items, NextMarker} = paged([...own.map(describeRule), defaultRule(listener)], paging)
      return {Rules: items, NextMarker}
    },
    DescribeTargetHealth({TargetGroupArn, Targets}, {region: name}) {
      const region = world.region(name)
      const group = demandTargetGroup(world, region, TargetGroupArn)
      const {port} = healthCheckOf(group)
      const registered = targetsOf(group).map(target => {
        const {state, reason, description} = healthOf(world, region, group, target)
        return {
          Target: {Id: target.id, Port: target.port, AvailabilityZone: target.zone},
          HealthCheckPort: port === 'traffic-port' ? String(target.port) : port,
          TargetHealth: {
            State: state as 'healthy',
            Reason: reason as 'Target.Timeout' | undefined,
            Description: description,
          },
        }
      })
      if (!Targets?.length) return {TargetHealthDescriptions: registered}
      return {
        TargetHealthDescriptions: Targets.map(
          ({Id, Port}) =>
            registered.find(
              ({Target}) => Target.Id === Id && (Port === undefined || Target.Port === Port),
            ) ?? {
              Target: {Id, Port},
              TargetHealth: {
                State: 'unused' as const,
                Reason: 'Target.NotRegistered' as const,
                Description: 'Target is not registered to the target group',
              },
            },
        ),
      }
    },
    DescribeTags({ResourceArns = []}, {region: name}) {
      if (ResourceArns.length > describedAtOnce) {
        throw invalid(`Cannot have more than ${describedAtOnce} resources described`)
      }
      const region = world.region(name)
      return {
        TagDescriptions: ResourceArns.map(arn => ({
          ResourceArn: arn,
          Tags: Object.entries(demandAny(world, region, arn).tags).map(([Key, Value]) => ({Key, Value})),
        })),
      }
    },
    DescribeLoadBalancerAttributes({LoadBalancerArn}, {region: name}) {
      const balancer = demandLoadBalancer(world, world.region(name), LoadBalancerArn)
      const set = records(balancer.properties.LoadBalancerAttributes).map(({Key, Value}) => [
        text(Key) ?? '',
        text(Value) ?? '',
      ])
      const all: Record<string, string> = {...balancerDefaults, ...Object.fromEntries(set)}
      return {Attributes: Object.entries(all).map(([Key, Value]) => ({Key, Value}))}
    },
    DescribeTargetGroupAttributes({TargetGroupArn}, {region: name}) {
      const group = demandTargetGroup(world, world.region(name), TargetGroupArn)
      return {
        Attributes: Object.entries(attributesOfTargetGroup(group)).map(([Key, Value]) => ({Key, Value})),
      }
    },
  }
}

/** Source: Application Load Balancers user guide, "Load balancer attributes". */
const balancerDefaults = {
  'access_logs.s3.enabled': 'false',
  'access_logs.s3.bucket': '',
  'access_logs.s3.prefix': '',
  'idle_timeout.timeout_seconds': '60',
  'deletion_protection.enabled': 'false',
  'routing.http2.enabled': 'true',
  'routing.http.drop_invalid_header_fields.enabled': 'false',
  'routing.http.xff_client_port.enabled': 'false',
  'routing.http.preserve_host_header.enabled': 'false',
  'routing.http.xff_header_processing.mode': 'append',
  'load_balancing.cross_zone.enabled': 'true',
  'routing.http.desync_mitigation_mode': 'defensive',
  'client_keep_alive.seconds': '3600',
}

function demandAny(world: World, region: Region, arn: string): Resource {
  if (arn.includes(':targetgroup/')) return demandTargetGroup(world, region, arn)
  if (arn.includes(':loadbalancer/')) return demandLoadBalancer(world, region, arn)
  if (arn.includes(':listener/')) return demandListener(world, region, arn)
  const rule = world.resource(region, ruleType, arn)
  if (!rule) throw modelled('RuleNotFoundException', 'One or more rules not found')
  return rule
}
