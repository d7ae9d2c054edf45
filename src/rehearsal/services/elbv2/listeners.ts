import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {ruleType} from './target-groups.js'
import {reconsiderAllTargets} from './target-health.js'

/** Removes a listener with its rules, whoever does it; targets that nobody sends to any more are unused. */
export function removeListener(world: World, region: Region, listener: Resource): void {
  for (const rule of world.resourcesOf(region, ruleType)) {
    if (rule.properties.ListenerArn === listener.physicalId) world.remove(region, rule)
  }
  world.remove(region, listener)
  reconsiderAllTargets(world, region)
}
