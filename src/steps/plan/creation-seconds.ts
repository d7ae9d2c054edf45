import {
  buildAnswerSeconds,
  imageBuildSeconds,
  interfaceEndpointSeconds,
  serviceSeconds,
  stackSeconds,
  typicalSeconds,
  vpcFunctionSeconds,
} from '../../durations.js'
import {imagesType} from '../../timings/measured.js'
import type {PlannedResource} from './planned-stacks.js'
import {isBalanced, isInterfaceEndpoint, isInVpc, propertyOf} from './slow-kinds.js'

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
  if (type === imagesType) return imageBuildSeconds[buildMode(resource)] + buildAnswerSeconds
  if (isInterfaceEndpoint(resource)) return interfaceEndpointSeconds
  if (isInVpc(resource)) return vpcFunctionSeconds.create
  if (type === 'AWS::ECS::Service')
    return isBalanced(resource) ? serviceSeconds.loadBalanced : serviceSeconds.plain
  return typicalSeconds(type).create
}
