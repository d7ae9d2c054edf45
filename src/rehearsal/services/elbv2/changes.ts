import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {number, text} from '../../resources/values.js'
import {modelled, type Operations} from '../../wire/index.js'
import {describeListener, describeTargetGroup} from './describe.js'
import {removeListener} from './listeners.js'
import {demandListener, demandLoadBalancer, demandTargetGroup} from './lookup.js'
import {forwardedTo, listenerType, loadBalancersOfTargetGroup, targetGroupType} from './target-groups.js'
import {deregisterTarget, reconsiderAllTargets, reconsiderTargets, registerTarget} from './target-health.js'

/** What changes a load balancer, its listeners and its target groups. Source: Elastic Load Balancing API reference. */
export function loadBalancingChanges(world: World) {
  return {
    ModifyTargetGroup({TargetGroupArn, ...changes}, {region: name}) {
      const region = world.region(name)
      const group = demandTargetGroup(world, region, TargetGroupArn)
      const set = Object.entries(changes).filter(([, value]) => value !== undefined)
      group.properties = {...group.properties, ...Object.fromEntries(set)}
      reconsiderTargets(world, region, group)
      return {TargetGroups: [describeTargetGroup(world, region, group)]}
    },
    ModifyTargetGroupAttributes({TargetGroupArn, Attributes = []}, {region: name}) {
      const group = demandTargetGroup(world, world.region(name), TargetGroupArn)
      group.properties = {
        ...group.properties,
        TargetGroupAttributes: mergedAttributes(group.properties.TargetGroupAttributes, Attributes),
      }
      return {Attributes}
    },
    ModifyLoadBalancerAttributes({LoadBalancerArn, Attributes = []}, {region: name}) {
      const balancer = demandLoadBalancer(world, world.region(name), LoadBalancerArn)
      balancer.properties = {
        ...balancer.properties,
        LoadBalancerAttributes: mergedAttributes(balancer.properties.LoadBalancerAttributes, Attributes),
      }
      return {Attributes}
    },
    RegisterTargets({TargetGroupArn, Targets = []}, {region: name}) {
      const region = world.region(name)
      const group = demandTargetGroup(world, region, TargetGroupArn)
      for (const {Id = '', Port} of Targets) {
        if (!/^\d+(\.\d+){3}$/.test(Id)) {
          throw modelled('InvalidTargetException', `The IP address '${Id}' is not a valid IPv4 address`)
        }
        registerTarget(world, region, group, {id: Id, port: Port ?? number(group.properties.Port) ?? 80})
      }
      return {}
    },
    DeregisterTargets({TargetGroupArn, Targets = []}, {region: name}) {
      const region = world.region(name)
      const group = demandTargetGroup(world, region, TargetGroupArn)
      for (const {Id = '', Port} of Targets) deregisterTarget(world, region, group, {id: Id, port: Port})
      return {}
    },
    CreateListener(input, {region: name}) {
      const region = world.region(name)
      const balancer = demandLoadBalancer(world, region, input.LoadBalancerArn)
      if (
        listenersOf(world, region, balancer).some(({properties}) => number(properties.Port) === input.Port)
      ) {
        throw modelled(
          'DuplicateListenerException',
          'A listener already exists on this port for this load balancer',
        )
      }
      demandTargetGroups(world, region, input.DefaultActions)
      const path = `listener/${text(balancer.attributes.LoadBalancerFullName)}/${world.newHex(16)}`
      const {Tags = [], ...properties} = input
      const listener: Resource = {
        type: listenerType,
        physicalId: `arn:aws:elasticloadbalancing:${name}:${world.account.id}:${path}`,
        properties: {...properties},
        attributes: {},
        tags: Object.fromEntries(Tags.map(({Key, Value}) => [Key ?? '', Value ?? ''])),
        createdAt: world.now,
        data: {},
      }
      listener.attributes.ListenerArn = listener.physicalId
      world.put(region, listener)
      reconsiderAllTargets(world, region)
      return {Listeners: [describeListener(listener)]}
    },
    ModifyListener({ListenerArn, ...changes}, {region: name}) {
      const region = world.region(name)
      const listener = demandListener(world, region, ListenerArn)
      if (changes.DefaultActions) demandTargetGroups(world, region, changes.DefaultActions)
      const set = Object.entries(changes).filter(([, value]) => value !== undefined)
      listener.properties = {...listener.properties, ...Object.fromEntries(set)}
      reconsiderAllTargets(world, region)
      return {Listeners: [describeListener(listener)]}
    },
    DeleteListener({ListenerArn}, {region: name}) {
      const region = world.region(name)
      const listener = demandListener(world, region, ListenerArn)
      removeListener(world, region, listener)
      return {}
    },
    DeleteTargetGroup({TargetGroupArn}, {region: name}) {
      const region = world.region(name)
      const group = world.resource(region, targetGroupType, TargetGroupArn ?? '')
      // Deleting what is not there succeeds.
      if (!group) return {}
      if (loadBalancersOfTargetGroup(world, region, group.physicalId).length > 0) {
        throw modelled(
          'ResourceInUseException',
          `Target group '${group.physicalId}' is currently in use by a listener or a rule`,
        )
      }
      world.remove(region, group)
      return {}
    },
  } satisfies Operations<'elbv2'>
}

function listenersOf(world: World, region: Region, balancer: Resource): Resource[] {
  return world
    .resourcesOf(region, listenerType)
    .filter(({properties}) => properties.LoadBalancerArn === balancer.physicalId)
}

function demandTargetGroups(world: World, region: Region, actions: unknown): void {
  for (const arn of forwardedTo(actions)) demandTargetGroup(world, region, arn)
}

function mergedAttributes(
  before: unknown,
  changes: readonly {Key?: string; Value?: string}[],
): {Key?: string; Value?: string}[] {
  const kept = (Array.isArray(before) ? before : []) as {Key?: string; Value?: string}[]
  return [...kept.filter(({Key}) => !changes.some(change => change.Key === Key)), ...changes]
}
