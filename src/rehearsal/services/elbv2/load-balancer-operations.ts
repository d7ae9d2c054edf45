import type {World} from '../../account/world.js'
import {records, text} from '../../resources/values.js'
import {modelled, type Operations} from '../../wire/index.js'
import {removeListener} from './listeners.js'
import {demandLoadBalancer} from './lookup.js'
import {mergedAttributes} from './shape.js'
import {listenerType, loadBalancerType} from './target-groups.js'
import {reconsiderAllTargets} from './target-health.js'

/** What changes and deletes load balancers. Source: Elastic Load Balancing API reference. */
export function loadBalancerOperations(world: World) {
  return {
    ModifyLoadBalancerAttributes({LoadBalancerArn, Attributes = []}, {region: name}) {
      const balancer = demandLoadBalancer(world, world.region(name), LoadBalancerArn)
      balancer.properties = {
        ...balancer.properties,
        LoadBalancerAttributes: mergedAttributes(balancer.properties.LoadBalancerAttributes, Attributes),
      }
      return {Attributes}
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
