import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {modelled} from '../../wire/index.js'
import {forwardedTo, listenerType, loadBalancerType, targetGroupType} from './target-groups.js'

/** @throws LoadBalancerNotFoundException */
export function demandLoadBalancer(world: World, region: Region, arn = ''): Resource {
  const found = world.resource(region, loadBalancerType, arn)
  if (!found) throw modelled('LoadBalancerNotFoundException', 'One or more load balancers not found')
  return found
}

/** @throws TargetGroupNotFoundException */
export function demandTargetGroup(world: World, region: Region, arn = ''): Resource {
  const found = world.resource(region, targetGroupType, arn)
  if (!found) throw modelled('TargetGroupNotFoundException', 'One or more target groups not found')
  return found
}

/** @throws ListenerNotFoundException */
export function demandListener(world: World, region: Region, arn = ''): Resource {
  const found = world.resource(region, listenerType, arn)
  if (!found) throw modelled('ListenerNotFoundException', 'One or more listeners not found')
  return found
}

/** Those that actions forward to. @throws TargetGroupNotFoundException */
export function demandTargetGroups(world: World, region: Region, actions: unknown): void {
  for (const arn of forwardedTo(actions)) demandTargetGroup(world, region, arn)
}
