import type {PlannedResource} from './planned-stacks.js'

/** The kinds of a type that take longer than its others, by their properties. */

export function isInterfaceEndpoint(resource: PlannedResource): boolean {
  return is(resource, 'AWS::EC2::VPCEndpoint') && propertyOf(resource, 'VpcEndpointType') === 'Interface'
}

/** A `VpcConfig` without subnets takes a function out of its VPC. */
export function isInVpc(resource: PlannedResource): boolean {
  if (!is(resource, 'AWS::Lambda::Function')) return false
  const config = propertyOf(resource, 'VpcConfig')
  if (typeof config !== 'object' || config === null || !('SubnetIds' in config)) return false
  return !Array.isArray(config.SubnetIds) || config.SubnetIds.length > 0
}

/** Whether a service has a load balancer. */
export function isBalanced(resource: PlannedResource): boolean {
  const balancers = propertyOf(resource, 'LoadBalancers')
  return Array.isArray(balancers) && balancers.length > 0
}

/** What a property comes to, as far as that is known before anything is there. */
export function propertyOf({declaration, resolver, logicalId}: PlannedResource, property: string): unknown {
  const value = declaration.properties[property]
  return value === undefined
    ? undefined
    : resolver.value(value, ['Resources', logicalId, 'Properties', property])
}

function is({declaration}: PlannedResource, type: string): boolean {
  return declaration.type === type
}
