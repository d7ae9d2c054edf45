import type {Region} from '../account/account.js'
import {hexId} from '../account/random.js'
import type {World} from '../account/world.js'
import {text} from './values.js'

/** Parameters that AWS publishes and that hold the id of a machine image. Source: SSM user guide, "Calling AMI public parameters". */
const imageParameter = /^\/aws\/service\/.*(?:\bami\b|image_id|ami-id)/

/**
 * The value behind the name of an SSM parameter: the account's own, or an image id for AWS's public ones, which is
 * made up, as the account has no images. Undefined when there is none.
 */
export function ssmParameterValue(world: World, region: Region, name: string): string | undefined {
  const found = world.resource(region, 'AWS::SSM::Parameter', name.replace(/:\d+$/, ''))
  if (found) return text(found.attributes.Value) ?? text(found.properties.Value)
  return imageParameter.test(name)
    ? `ami-${hexId(world.account.seed, 17, 'image', region.name, name)}`
    : undefined
}
