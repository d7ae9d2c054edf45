import {text} from '../simulation/values.js'
import {handlerFailure, type Kind} from './kind.js'

const targetType = 'AWS::ApplicationAutoScaling::ScalableTarget'

const scalableTarget: Kind = {
  type: targetType,
  create({world, region, properties}) {
    const [resourceId, dimension, namespace] = identity(properties)
    if (namespace === 'ecs' && !ecsServiceExists(resourceId)) {
      throw handlerFailure(world, `ECS service doesn't exist: ${resourceId}`, 'InvalidRequest')
    }
    const id = `${resourceId}|${dimension}|${namespace}`
    return {physicalId: id, attributes: {Id: id}}

    function ecsServiceExists(path: string): boolean {
      return Object.keys(region.resources).some(
        key => key.startsWith('AWS::ECS::Service/') && key.endsWith(`:${path}`),
      )
    }
  },
  update: () => undefined,
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
