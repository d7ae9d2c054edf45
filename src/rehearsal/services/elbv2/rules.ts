import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {records, text} from '../../resources/values.js'
import {modelled, type Operations} from '../../wire/index.js'
import {describeRule, describeTargetGroup} from './describe.js'
import {removeListener} from './listeners.js'
import {demandListener, demandTargetGroup} from './lookup.js'
import {forwardedTo, listenerType, loadBalancerType, ruleType, targetGroupType} from './target-groups.js'
import {reconsiderAllTargets} from './target-health.js'

/** What makes and deletes load balancers, target groups and rules. Source: Elastic Load Balancing API reference. */
export function loadBalancingMakers(world: World) {
  const demandRule = (region: Region, arn: string | undefined): Resource => {
    const rule = world.resource(region, ruleType, arn ?? '')
    if (!rule) throw modelled('RuleNotFoundException', 'One or more rules not found')
    return rule
  }
  return {
    CreateTargetGroup({Tags = [], ...input}, {region: name}) {
      const region = world.region(name)
      const groupName = input.Name ?? ''
      if (!/^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(groupName)) {
        throw modelled(
          'InvalidConfigurationRequestException',
          `The target group name '${groupName}' is not valid`,
        )
      }
      const taken = world
        .resourcesOf(region, targetGroupType)
        .some(({attributes}) => attributes.TargetGroupName === groupName)
      if (taken) {
        throw modelled(
          'DuplicateTargetGroupNameException',
          `A target group with the same name '${groupName}' exists, but with different settings`,
        )
      }
      const fullName = `targetgroup/${groupName}/${world.newHex(16)}`
      const physicalId = `arn:aws:elasticloadbalancing:${name}:${world.account.id}:${fullName}`
      const group: Resource = {
        ...{type: targetGroupType, physicalId, createdAt: world.now, data: {targets: []}},
        properties: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
        attributes: {
          TargetGroupArn: physicalId,
          TargetGroupName: groupName,
          TargetGroupFullName: fullName,
          LoadBalancerArns: [],
        },
        tags: tagsOf(Tags),
      }
      world.put(region, group)
      return {TargetGroups: [describeTargetGroup(world, region, group)]}
    },

    CreateRule({ListenerArn, Conditions, Priority, Actions, Tags = []}, {region: name}) {
      const region = world.region(name)
      const listener = demandListener(world, region, ListenerArn)
      const isTaken = world
        .resourcesOf(region, ruleType)
        .some(
          ({properties}) =>
            properties.ListenerArn === listener.physicalId && text(properties.Priority) === text(Priority),
        )
      if (isTaken) throw modelled('PriorityInUseException', `Priority '${Priority}' is currently in use`)
      for (const arn of forwardedTo(Actions)) demandTargetGroup(world, region, arn)
      const physicalId = `${listener.physicalId.replace(':listener/', ':listener-rule/')}/${world.newHex(16)}`
      const rule: Resource = {
        ...{type: ruleType, physicalId, createdAt: world.now, data: {}, tags: tagsOf(Tags)},
        properties: {ListenerArn: listener.physicalId, Conditions, Priority, Actions},
        attributes: {RuleArn: physicalId, IsDefault: false},
      }
      world.put(region, rule)
      reconsiderAllTargets(world, region)
      return {Rules: [describeRule(rule)]}
    },

    ModifyRule({RuleArn, Conditions, Actions}, {region: name}) {
      const region = world.region(name)
      const rule = demandRule(region, RuleArn)
      for (const arn of forwardedTo(Actions)) demandTargetGroup(world, region, arn)
      rule.properties = {
        ...rule.properties,
        ...(Conditions && {Conditions}),
        ...(Actions && {Actions}),
      }
      reconsiderAllTargets(world, region)
      return {Rules: [describeRule(rule)]}
    },

    DeleteRule({RuleArn}, {region: name}) {
      const region = world.region(name)
      if (RuleArn?.endsWith('/default')) {
        throw modelled('OperationNotPermittedException', `Default rule '${RuleArn}' cannot be deleted`)
      }
      world.remove(region, demandRule(region, RuleArn))
      reconsiderAllTargets(world, region)
      return {}
    },

    DeleteLoadBalancer({LoadBalancerArn}, {region: name}) {
      const region = world.region(name)
      const balancer = world.resource(region, loadBalancerType, LoadBalancerArn ?? '')
      // Deleting what is not there succeeds.
      if (!balancer) return {}
      const isProtected = records(balancer.properties.LoadBalancerAttributes).some(
        ({Key, Value}) => Key === 'deletion_protection.enabled' && text(Value) === 'true',
      )
      if (isProtected) {
        throw modelled(
          'OperationNotPermittedException',
          `Load balancer '${balancer.physicalId}' cannot be deleted because deletion protection is enabled`,
        )
      }
      for (const listener of world.resourcesOf(region, listenerType)) {
        if (listener.properties.LoadBalancerArn === balancer.physicalId)
          removeListener(world, region, listener)
      }
      world.remove(region, balancer)
      reconsiderAllTargets(world, region)
      return {}
    },
  } satisfies Operations<'elbv2'>
}

function tagsOf(tags: readonly {Key?: string; Value?: string}[]): Record<string, string> {
  return Object.fromEntries(tags.map(({Key, Value}) => [Key ?? '', Value ?? '']))
}
