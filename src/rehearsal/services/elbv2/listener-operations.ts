import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {number, text} from '../../resources/values.js'
import {modelled, type Operations} from '../../wire/index.js'
import {describeListener} from './describe.js'
import {certificateProblem} from './listener-certificates.js'
import {removeListener} from './listeners.js'
import {demandListener, demandLoadBalancer, demandTargetGroups} from './lookup.js'
import {tagsOf} from './shape.js'
import {listenerType} from './target-groups.js'
import {reconsiderAllTargets} from './target-health.js'

/** What makes, changes and deletes listeners. Source: Elastic Load Balancing API reference. */
export function listenerOperations(world: World) {
  return {
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
      demandCertificates(world, region, input)
      const path = `listener/${text(balancer.attributes.LoadBalancerFullName)}/${world.newHex(16)}`
      const {Tags = [], ...properties} = input
      const listener: Resource = {
        type: listenerType,
        physicalId: `arn:aws:elasticloadbalancing:${name}:${world.account.id}:${path}`,
        properties: {...properties},
        attributes: {},
        tags: tagsOf(Tags),
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
      demandCertificates(world, region, changes)
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
  } satisfies Operations<'elbv2'>
}

function listenersOf(world: World, region: Region, balancer: Resource): Resource[] {
  return world
    .resourcesOf(region, listenerType)
    .filter(({properties}) => properties.LoadBalancerArn === balancer.physicalId)
}

/** @throws CertificateNotFoundException, UnsupportedCertificate */
function demandCertificates(
  world: World,
  region: Region,
  {Certificates}: {Certificates?: readonly object[] | undefined},
): void {
  const problem = certificateProblem(world, region, {Certificates})
  if (problem) throw problem
}
