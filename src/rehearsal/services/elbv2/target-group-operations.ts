import type {Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {number} from '../../resources/values.js'
import {modelled, type Operations} from '../../wire/index.js'
import {describeTargetGroup} from './describe.js'
import {demandTargetGroup} from './lookup.js'
import {mergedAttributes, tagsOf} from './shape.js'
import {loadBalancersOfTargetGroup, targetGroupType} from './target-groups.js'
import {deregisterTarget, reconsiderTargets, registerTarget} from './target-health.js'

/** What makes, changes and deletes target groups, and registers targets with them. Source: Elastic Load Balancing API reference. */
export function targetGroupOperations(world: World) {
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
  } satisfies Operations<'elbv2'>
}
