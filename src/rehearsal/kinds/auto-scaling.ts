import type {Resource} from '../account/account.js'
import {serviceType, stateOf} from '../simulation/ecs-service.js'
import {scale} from '../simulation/service-changes.js'
import {number, text} from '../simulation/values.js'
import {handlerFailure, type Kind, type KindRequest} from './kind.js'

const targetType = 'AWS::ApplicationAutoScaling::ScalableTarget'

const scalableTarget: Kind = {
  type: targetType,
  create(request) {
    const [resourceId, dimension, namespace] = identity(request.properties)
    if (namespace === 'ecs' && !scaledService(request)) {
      throw handlerFailure(request.world, `ECS service doesn't exist: ${resourceId}`, 'InvalidRequest')
    }
    bringIntoRange(request)
    const id = `${resourceId}|${dimension}|${namespace}`
    return {physicalId: id, attributes: {Id: id}}
  },
  update(_resource, request) {
    bringIntoRange(request)
    return undefined
  },
}

/**
 * Registering a target, or registering it again with other limits, changes the present capacity of an active resource to
 * one inside them. Source: Application Auto Scaling API reference, RegisterScalableTarget.
 */
function bringIntoRange(request: KindRequest): void {
  const {world, region, properties} = request
  const service = scaledService(request)
  if (!service || stateOf(service).status !== 'ACTIVE') return
  const {desiredCount} = stateOf(service)
  const atLeast = Math.max(desiredCount, number(properties.MinCapacity) ?? 0)
  scale(world, region, service, Math.min(atLeast, number(properties.MaxCapacity) ?? atLeast))
}

/** The ECS service that a scalable target names as `service/CLUSTER/NAME`. */
function scaledService({world, region, properties}: KindRequest): Resource | undefined {
  const [resourceId, , namespace] = identity(properties)
  if (namespace !== 'ecs') return undefined
  return world.resourcesOf(region, serviceType).find(({physicalId}) => physicalId.endsWith(`:${resourceId}`))
}

const scalingPolicy: Kind = {
  type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  create({world, region, properties}) {
    const target = text(properties.ScalingTargetId)?.split('|') ?? identity(properties)
    const [resourceId, , namespace] = target
    if (!world.resource(region, targetType, target.join('|'))) {
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

function identity(properties: Record<string, unknown>): [string, string, string] {
  return [
    text(properties.ResourceId) ?? '',
    text(properties.ScalableDimension) ?? '',
    text(properties.ServiceNamespace) ?? '',
  ]
}

export const autoScalingKinds: readonly Kind[] = [scalableTarget, scalingPolicy]
