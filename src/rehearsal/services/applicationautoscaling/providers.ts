import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {serviceType, stateOf} from '../../resources/ecs-services.js'
import {handlerFailure, type ResourceProvider} from '../../resources/resource-provider.js'
import {number, text} from '../../resources/values.js'
import {scale} from '../ecs/service-changes.js'

export const scalableTargetType = 'AWS::ApplicationAutoScaling::ScalableTarget'
export const scalingPolicyType = 'AWS::ApplicationAutoScaling::ScalingPolicy'

const scalableTarget: ResourceProvider = {
  type: scalableTargetType,
  create(request) {
    const {world, region, properties} = request
    const [resourceId, , namespace] = identity(properties)
    if (namespace === 'ecs' && !scaledService(world, region, properties)) {
      throw handlerFailure(world, `ECS service doesn't exist: ${resourceId}`, 'InvalidRequest')
    }
    bringIntoRange(world, region, properties)
    const id = targetIdOf(properties)
    return {physicalId: id, attributes: {Id: id}}
  },
  update(_resource, {world, region, properties}) {
    bringIntoRange(world, region, properties)
    return undefined
  },
}

/**
 * Registering a target, or registering it again with other limits, changes the present capacity of an active resource to
 * one inside them. Source: Application Auto Scaling API reference, RegisterScalableTarget.
 */
export function bringIntoRange(world: World, region: Region, properties: Record<string, unknown>): void {
  const service = scaledService(world, region, properties)
  if (!service || stateOf(service).status !== 'ACTIVE') return
  const {desiredCount} = stateOf(service)
  const atLeast = Math.max(desiredCount, number(properties.MinCapacity) ?? 0)
  scale(world, region, service, Math.min(atLeast, number(properties.MaxCapacity) ?? atLeast))
}

/** The ECS service that a scalable target names as `service/CLUSTER/NAME`. */
function scaledService(
  world: World,
  region: Region,
  properties: Record<string, unknown>,
): Resource | undefined {
  const [resourceId, , namespace] = identity(properties)
  if (namespace !== 'ecs') return undefined
  return world.resourcesOf(region, serviceType).find(({physicalId}) => physicalId.endsWith(`:${resourceId}`))
}

const scalingPolicy: ResourceProvider = {
  type: scalingPolicyType,
  create({world, region, properties}) {
    const target = text(properties.ScalingTargetId)?.split('|') ?? identity(properties)
    const [resourceId, , namespace] = target
    if (!world.resource(region, scalableTargetType, target.join('|'))) {
      throw handlerFailure(
        world,
        `No scalable target registered for namespace: ${namespace} and path: ${resourceId}`,
        'NotFound',
      )
    }
    const name = text(properties.PolicyName) ?? ''
    const arn = `arn:aws:autoscaling:${region.name}:${world.account.id}:scalingPolicy:${world.newUuid()}:resource/${namespace}/${resourceId}:policyName/${name}`
    return {physicalId: arn, attributes: {Arn: arn, PolicyName: name}}
  },
  update: () => undefined,
}

/** The physical id of the target that properties, or a call, name. */
export function targetIdOf(properties: object): string {
  return identity({...properties}).join('|')
}

function identity(properties: Record<string, unknown>): [string, string, string] {
  return [
    text(properties.ResourceId) ?? '',
    text(properties.ScalableDimension) ?? '',
    text(properties.ServiceNamespace) ?? '',
  ]
}

export const applicationAutoScalingProviders: readonly ResourceProvider[] = [scalableTarget, scalingPolicy]
