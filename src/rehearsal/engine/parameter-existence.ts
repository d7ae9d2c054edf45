import type {Region} from '../account/account.js'
import type {StackContext} from '../account/stack-context.js'
import type {World} from '../account/world.js'
import {availabilityZones} from '../resources/names.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {ssmParameterValue} from '../resources/ssm-parameter-value.js'
import {templateOf} from './parsed-template.js'

/** Whether something of the account goes by this name. */
type Exists = (world: World, region: Region, value: string) => boolean

/**
 * Types of parameters whose values CloudFormation looks for in the account. Images and hosted zones are taken as they
 * are: the account has none of the first, and people bring theirs along of the second.
 * Source: CloudFormation user guide, "Specify existing resources at runtime with CloudFormation-supplied parameter types".
 */
const existence: Readonly<Record<string, Exists>> = {
  'AWS::EC2::AvailabilityZone::Name': (_, {name}, zone) => availabilityZones(name).includes(zone),
  'AWS::EC2::Instance::Id': isResource('AWS::EC2::Instance'),
  'AWS::EC2::KeyPair::KeyName': isResource('AWS::EC2::KeyPair'),
  'AWS::EC2::SecurityGroup::GroupName': (world, region, name) =>
    world.resourcesOf(region, 'AWS::EC2::SecurityGroup').some(({data}) => data.name === name),
  'AWS::EC2::SecurityGroup::Id': (world, region, id) =>
    isResource('AWS::EC2::SecurityGroup')(world, region, id) ||
    world.resourcesOf(region, 'AWS::EC2::VPC').some(({attributes}) => attributes.DefaultSecurityGroup === id),
  'AWS::EC2::Subnet::Id': isResource('AWS::EC2::Subnet'),
  'AWS::EC2::VPC::Id': isResource('AWS::EC2::VPC'),
  'AWS::EC2::Volume::Id': isResource('AWS::EC2::Volume'),
  'AWS::SSM::Parameter::Name': (world, region, name) => ssmParameterValue(world, region, name) !== undefined,
}

/**
 * Looks for what parameters of AWS's types name; a request is accepted without it.
 * Source: CloudFormation's event when it does not exist.
 * @throws ResourceFailure for the first that does not exist.
 */
export function checkParametersExist({world, region, stack}: StackContext): void {
  for (const [name, {type}] of Object.entries(templateOf(stack.template).parameters)) {
    const ssm = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type)?.[1]
    const list = /^List<(.+)>$/.exec(ssm ?? type)?.[1]
    const exists = existence[list ?? ssm ?? type]
    if (!exists) continue
    const given = stack.parameters[name] ?? ''
    const value = ssm === undefined ? given : (ssmParameterValue(world, region, given) ?? '')
    for (const item of list === undefined ? [value] : value.split(',').map(part => part.trim())) {
      if (exists(world, region, item)) continue
      throw new ResourceFailure(
        `Parameter validation failed: parameter value ${item} for parameter name ${name} does not exist`,
      )
    }
  }
}

function isResource(type: string): Exists {
  return (world, region, id) => world.resource(region, type, id) !== undefined
}
