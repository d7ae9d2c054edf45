import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {pageOf} from '../../resources/paging.js'
import {flag, number, record, text} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {bringIntoRange, scalableTargetType, scalingPolicyType, targetIdOf} from './providers.js'

/** Things in a page. Source: Application Auto Scaling API reference, MaxResults. */
const largestPage = 50

/**
 * Application Auto Scaling, as far as targets and reading their policies goes.
 * Source: Application Auto Scaling API reference.
 */
export function applicationAutoScalingOperations(world: World) {
  const ofNamespace = (region: Region, type: string, namespace: string | undefined) =>
    world.resourcesOf(region, type).filter(resource => identityOf(resource).namespace === namespace)
  return {
    DescribeScalableTargets({ServiceNamespace, ResourceIds, ScalableDimension, NextToken, MaxResults}, call) {
      const found = ofNamespace(world.region(call.region), scalableTargetType, ServiceNamespace).filter(
        target => {
          const {resourceId, dimension} = identityOf(target)
          return (
            (!ResourceIds?.length || ResourceIds.includes(resourceId)) &&
            (ScalableDimension === undefined || ScalableDimension === dimension)
          )
        },
      )
      const page = scalingPage(found, NextToken, MaxResults)
      return {
        ScalableTargets: page.items.map(target => {
          const {resourceId, dimension, namespace} = identityOf(target)
          const arn = `arn:aws:application-autoscaling:${call.region}:${world.account.id}:scalable-target/${text(target.data.id) ?? target.createdAt.toString(16)}`
          return {
            ServiceNamespace: namespace as 'ecs',
            ResourceId: resourceId,
            ScalableDimension: dimension as 'ecs:service:DesiredCount',
            MinCapacity: number(target.properties.MinCapacity),
            MaxCapacity: number(target.properties.MaxCapacity),
            RoleARN: text(target.properties.RoleARN),
            CreationTime: new Date(target.createdAt),
            ScalableTargetARN: arn,
          }
        }),
        NextToken: page.next,
      }
    },

    RegisterScalableTarget(input, call) {
      const region = world.region(call.region)
      const id = targetIdOf(input)
      const existing = world.resource(region, scalableTargetType, id)
      const {MinCapacity, MaxCapacity} = {...existing?.properties, ...given(input)} as Record<string, unknown>
      if (number(MinCapacity) === undefined || number(MaxCapacity) === undefined) {
        throw modelled(
          'ValidationException',
          'Both MinCapacity and MaxCapacity are required to register a scalable target.',
        )
      }
      if (Number(MinCapacity) > Number(MaxCapacity)) {
        throw modelled('ValidationException', 'Maximum capacity cannot be less than minimum capacity.')
      }
      const target: Resource = existing ?? {
        ...{type: scalableTargetType, physicalId: id, attributes: {Id: id}, tags: {}, data: {}},
        ...{createdAt: world.now, properties: {}},
      }
      // A copy: the stack's own record of the properties must not change with it.
      target.properties = {...target.properties, ...given(input)}
      if (!existing) world.put(region, target)
      bringIntoRange(world, region, target.properties)
      return {}
    },

    DeregisterScalableTarget(input, call) {
      const region = world.region(call.region)
      const id = targetIdOf(input)
      const target = world.resource(region, scalableTargetType, id)
      if (!target) {
        throw modelled(
          'ObjectNotFoundException',
          `No scalable target found for service namespace: ${input.ServiceNamespace}, resource ID: ${input.ResourceId}, scalable dimension: ${input.ScalableDimension}`,
        )
      }
      world.remove(region, target)
      // Its policies go with it.
      for (const policy of world.resourcesOf(region, scalingPolicyType)) {
        if (targetOf(policy) === id) world.remove(region, policy)
      }
      return {}
    },

    DescribeScalingPolicies({ServiceNamespace, ResourceId, PolicyNames, NextToken, MaxResults}, call) {
      const found = ofNamespace(world.region(call.region), scalingPolicyType, ServiceNamespace).filter(
        policy => {
          const name = text(policy.attributes.PolicyName) ?? ''
          return (
            (ResourceId === undefined || ResourceId === identityOf(policy).resourceId) &&
            (!PolicyNames?.length || PolicyNames.includes(name))
          )
        },
      )
      const page = scalingPage(found, NextToken, MaxResults)
      return {
        ScalingPolicies: page.items.map(policy => {
          const {resourceId, dimension, namespace} = identityOf(policy)
          return {
            PolicyARN: policy.physicalId,
            PolicyName: text(policy.attributes.PolicyName),
            ServiceNamespace: namespace as 'ecs',
            ResourceId: resourceId,
            ScalableDimension: dimension as 'ecs:service:DesiredCount',
            PolicyType: (text(policy.properties.PolicyType) ??
              'TargetTrackingScaling') as 'TargetTrackingScaling',
            TargetTrackingScalingPolicyConfiguration: tracking(policy),
            CreationTime: new Date(policy.createdAt),
          }
        }),
        NextToken: page.next,
      }
    },
  } satisfies Operations<'applicationautoscaling'>
}

const given = (input: object) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))

const targetOf = ({properties}: Resource): string =>
  text(properties.ScalingTargetId) ?? targetIdOf(properties)

/** What a policy aims at and how long it waits; of its metrics the predefined ones. */
function tracking({properties}: Resource) {
  const configuration = record(properties.TargetTrackingScalingPolicyConfiguration)
  const metric = text(record(configuration.PredefinedMetricSpecification).PredefinedMetricType)
  const target = number(configuration.TargetValue)
  if (target === undefined) return undefined
  return {
    TargetValue: target,
    PredefinedMetricSpecification:
      metric === undefined ? undefined : {PredefinedMetricType: metric as 'ECSServiceAverageCPUUtilization'},
    ScaleOutCooldown: number(configuration.ScaleOutCooldown),
    ScaleInCooldown: number(configuration.ScaleInCooldown),
    DisableScaleIn: flag(configuration.DisableScaleIn) ?? false,
  }
}

function identityOf(resource: Resource) {
  const id = resource.type === scalableTargetType ? resource.physicalId : targetOf(resource)
  const [resourceId = '', dimension = '', namespace = ''] = id.split('|')
  return {resourceId, dimension, namespace}
}

function scalingPage<T>(all: readonly T[], token: string | undefined, size = largestPage) {
  return pageOf(all, token, Math.min(size, largestPage), () =>
    modelled('InvalidNextTokenException', 'The next token is invalid.'),
  )
}
