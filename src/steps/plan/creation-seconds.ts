import {
  buildAnswerSeconds,
  imageBuildSeconds,
  interfaceEndpointSeconds,
  serviceSeconds,
  stackSeconds,
  typicalSeconds,
  vpcFunctionSeconds,
} from '../../durations.js'
import type {PlannedResource} from './planned-stacks.js'

/** The resource behind which the image build runs. */
export const imagesType = 'Custom::ContainerImages'

/** How long CloudFormation typically needs for a resource that is no stack, from its first event to its last. */
export function creationSeconds(resource: PlannedResource): number {
  return stackSeconds.initiation + serviceTime(resource)
}

/** Whether the images are built or imported, by the properties of the resource that stands for them. */
export function buildMode(resource: PlannedResource): 'source' | 'import' {
  return propertyOf(resource, 'ImagesBucket') ? 'import' : 'source'
}

function serviceTime(resource: PlannedResource): number {
  const {type} = resource.declaration
  switch (type) {
    case imagesType:
      return imageBuildSeconds[buildMode(resource)] + buildAnswerSeconds
    case 'AWS::EC2::VPCEndpoint':
      if (propertyOf(resource, 'VpcEndpointType') === 'Interface') return interfaceEndpointSeconds
      break
    case 'AWS::Lambda::Function':
      if (inVpc(propertyOf(resource, 'VpcConfig'))) return vpcFunctionSeconds.create
      break
    case 'AWS::ECS::Service': {
      const balancers = propertyOf(resource, 'LoadBalancers')
      return Array.isArray(balancers) && balancers.length > 0
        ? serviceSeconds.loadBalanced
        : serviceSeconds.plain
    }
  }
  return typicalSeconds(type).create
}

/** A `VpcConfig` without subnets takes a function out of its VPC. */
function inVpc(config: unknown): boolean {
  if (typeof config !== 'object' || config === null || !('SubnetIds' in config)) return false
  return !Array.isArray(config.SubnetIds) || config.SubnetIds.length > 0
}

function propertyOf({declaration, resolver, logicalId}: PlannedResource, property: string): unknown {
  const value = declaration.properties[property]
  return value === undefined
    ? undefined
    : resolver.value(value, ['Resources', logicalId, 'Properties', property])
}
