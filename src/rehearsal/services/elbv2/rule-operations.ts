import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {text} from '../../resources/values.js'
import {modelled, type Operations} from '../../wire/index.js'
import {describeRule} from './describe.js'
import {demandListener, demandTargetGroups} from './lookup.js'
import {tagsOf} from './shape.js'
import {ruleType} from './target-groups.js'
import {reconsiderAllTargets} from './target-health.js'

/** What makes, changes and deletes the rules of listeners. Source: Elastic Load Balancing API reference. */
export function ruleOperations(world: World) {
  const demandRule = (region: Region, arn: string | undefined): Resource => {
    const rule = world.resource(region, ruleType, arn ?? '')
    if (!rule) throw modelled('RuleNotFoundException', 'One or more rules not found')
    return rule
  }
  return {
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
      demandTargetGroups(world, region, Actions)
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
      demandTargetGroups(world, region, Actions)
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
  } satisfies Operations<'elbv2'>
}
