import type {Template} from '../../template/index.js'
import type {Region} from '../account/account.js'
import type {World} from '../account/world.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {ssmParameterValue} from '../resources/ssm-parameter-value.js'

/**
 * Whether the names that are given for parameters of a type `AWS::SSM::Parameter::Value<…>` exist.
 * @throws ResourceFailure in CloudFormation's words.
 */
export function checkSsmParameters(
  world: World,
  region: Region,
  template: Template,
  values: Readonly<Record<string, string>>,
): void {
  const missing = Object.entries(template.parameters)
    .filter(([, {type}]) => type.startsWith('AWS::SSM::Parameter::Value<'))
    .map(([name]) => values[name] ?? '')
    .filter(name => ssmParameterValue(world, region, name) === undefined)
  if (missing.length > 0) {
    throw new ResourceFailure(
      `Unable to fetch parameters [${missing.join(',')}] from parameter store for this account.`,
    )
  }
}
