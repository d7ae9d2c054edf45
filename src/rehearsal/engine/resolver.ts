import {
  createResolver,
  type Lookups,
  type Resolver,
  type ResolverInput,
  type Template,
} from '../../template/index.js'
import type {Stack} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {templateZones} from '../faults/default-subnets.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {ssmParameterValue} from '../resources/ssm-parameter-value.js'
import {exportNamed} from './exports.js'
import {templateOf} from './parsed-template.js'
import {childOf, nestedStackType} from './stack-context.js'

/**
 * Evaluates the expressions of a stack's template against what exists: physical ids, attributes, outputs of
 * nested stacks, exports of others. Reading an export is remembered, as it protects that export.
 */
export function resolverOf(context: StackContext): Resolver {
  return createResolver(resolverInput(context))
}

/** What a stack's resolver works with. */
export function resolverInput(context: StackContext): ResolverInput {
  const {region, stack} = context
  return {
    template: templateOf(stack.template),
    parameters: stack.parameters,
    pseudo: pseudoParameters(context),
    lookups: {
      ...valuesKnown(context),
      ref: logicalId => resourceOf(context, logicalId).physicalId,
      getAtt: (logicalId, attribute) => attributeOf(context, logicalId, attribute),
      importValue(name) {
        const found = exportNamed(region, name)
        if (!found) throw new ResourceFailure(`No export named ${name} found`)
        if (!stack.imports.includes(name)) stack.imports.push(name)
        return found.value
      },
    },
  }
}

/** What can be looked up before anything of a stack exists. */
function valuesKnown({world, region}: Pick<StackContext, 'world' | 'region'>): Lookups {
  return {
    ssmParameter(name) {
      const value = ssmParameterValue(world, region, name)
      if (value !== undefined) return value
      throw new ResourceFailure(`Unable to fetch parameters [${name}] from parameter store for this account.`)
    },
    availabilityZones: name => templateZones(world, name || region.name),
  }
}

/** Evaluates what depends on parameters alone, for a stack that may not exist yet. */
export function earlyResolver(
  place: Place & {template: Template; parameters: Stack['parameters']},
): Resolver {
  const {template, parameters} = place
  return createResolver({template, parameters, pseudo: pseudoParameters(place), lookups: valuesKnown(place)})
}

/** Where a stack is, or will be. */
export type Place = Pick<StackContext, 'world' | 'region'> & {
  stack: Pick<Stack, 'id' | 'name' | 'notificationArns'>
}

/** What CloudFormation knows by itself of a stack. */
export function pseudoParameters({world, region, stack}: Place) {
  return {
    'AWS::AccountId': world.account.id,
    'AWS::Region': region.name,
    'AWS::Partition': 'aws',
    'AWS::StackName': stack.name,
    'AWS::StackId': stack.id,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NotificationARNs': stack.notificationArns,
  }
}

function resourceOf({stack}: StackContext, logicalId: string) {
  const stackResource = stack.resources[logicalId]
  if (!stackResource) throw new Error(`${logicalId} of ${stack.name} was read before it was made`)
  return stackResource
}

/** What `Fn::GetAtt` returns. @throws ResourceFailure for an attribute that the resource does not have. */
export function attributeOf(context: StackContext, logicalId: string, attribute: string): unknown {
  const stackResource = resourceOf(context, logicalId)
  if (stackResource.type === nestedStackType) {
    const output = childOf(context, stackResource.physicalId)?.stack.outputs.find(
      ({key}) => `Outputs.${key}` === attribute,
    )
    if (output) return output.value
    throw new ResourceFailure(
      `Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`,
    )
  }
  const resource = context.world.resource(context.region, stackResource.type, stackResource.physicalId)
  if (!resource || !(attribute in resource.attributes)) {
    throw new ResourceFailure(
      `Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`,
    )
  }
  return resource.attributes[attribute]
}
