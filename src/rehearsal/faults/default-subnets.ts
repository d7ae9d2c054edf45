import type {World} from '../account/world.js'
import {availabilityZones} from '../resources/names.js'
import {activeFault} from './schedule.js'

/** What somebody made with CreateDefaultSubnet says so of itself. */
export const madeAsDefault = 'isDefaultForZone'

/**
 * The zones of a region in which the account has a default subnet; undefined when it has none at all, as an account whose
 * default VPC was deleted.
 */
export function defaultZones(world: World, regionName: string): readonly string[] | undefined {
  const fault = activeFault(world, 'default-subnets', regionName, () => true)
  if (!fault) return undefined
  const made = world
    .resourcesOf(world.region(regionName), 'AWS::EC2::Subnet')
    .filter(({data}) => data[madeAsDefault] === true)
    .map(({attributes}) => attributes.AvailabilityZone)
  const named = fault.where.split(',')
  return availabilityZones(regionName).filter(zone => named.includes(zone) || made.includes(zone))
}

/**
 * What `Fn::GetAZs` gives: the zones with a default subnet, unless there is none anywhere. Source: CloudFormation template
 * reference, Fn::GetAZs.
 */
export function templateZones(world: World, regionName: string): string[] {
  const zones = defaultZones(world, regionName) ?? []
  return zones.length > 0 ? [...zones] : availabilityZones(regionName)
}
