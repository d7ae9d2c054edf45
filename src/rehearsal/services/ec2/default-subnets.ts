import type {Region, Resource} from '../../account/account.js'
import {hexId} from '../../account/random.js'
import type {World} from '../../account/world.js'
import {defaultZones, madeAsDefault} from '../../faults/default-subnets.js'
import {availabilityZones, zoneId} from '../../resources/names.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'

const subnetType = 'AWS::EC2::Subnet'

/** The default subnets that the account has beside those of stacks: of a fault, and what was made since. */
export function defaultSubnets(world: World, regionName: string): Resource[] {
  const region = world.region(regionName)
  return (defaultZones(world, regionName) ?? [])
    .filter(zone => !madeIn(world, region, zone))
    .map(zone => entry(world, regionName, zone))
}

/** Making one where it lacks. Source: EC2 API reference, CreateDefaultSubnet. */
export function defaultSubnetOperations(world: World) {
  return {
    CreateDefaultSubnet({AvailabilityZone: zone = ''}, call) {
      const all = availabilityZones(call.region)
      if (!all.includes(zone)) {
        throw new AwsError(
          'InvalidParameterValue',
          `Value (${zone}) for parameter availabilityZone is invalid.`,
        )
      }
      const zones = defaultZones(world, call.region)
      if (zones === undefined) {
        throw new AwsError('DefaultVpcDoesNotExist', 'There is no default VPC in this region.')
      }
      if (zones.includes(zone)) {
        throw new AwsError(
          'DefaultSubnetAlreadyExistsInAvailabilityZone',
          `A default subnet already exists in ${zone}.`,
        )
      }
      const subnet = entry(world, call.region, zone)
      world.put(world.region(call.region), subnet)
      return {
        Subnet: {
          ...{SubnetId: subnet.physicalId, AvailabilityZone: zone, AvailabilityZoneId: zoneId(zone)},
          ...{DefaultForAz: true, State: 'available' as const, CidrBlock: rangeOf(zone)},
        },
      }
    },
  } satisfies Operations<'ec2'>
}

function madeIn(world: World, region: Region, zone: string): boolean {
  return world
    .resourcesOf(region, subnetType)
    .some(({attributes, data}) => data[madeAsDefault] === true && attributes.AvailabilityZone === zone)
}

function entry(world: World, regionName: string, zone: string): Resource {
  const id = (kind: string) => hexId(world.account.seed, 17, 'default', kind, zone)
  const physicalId = `subnet-${id('subnet')}`
  return {
    ...{type: subnetType, physicalId, createdAt: world.now, tags: {}},
    properties: {MapPublicIpOnLaunch: true, AvailabilityZone: zone},
    attributes: {
      SubnetId: physicalId,
      VpcId: `vpc-${hexId(world.account.seed, 17, 'default', regionName)}`,
      CidrBlock: rangeOf(zone),
      AvailabilityZone: zone,
      AvailabilityZoneId: zoneId(zone),
    },
    data: {addresses: 0, [madeAsDefault]: true},
  }
}

/** A /20 of the default VPC. Source: VPC user guide, "Default VPC components". */
function rangeOf(zone: string): string {
  return `172.31.${(zone.charCodeAt(zone.length - 1) - 97) * 16}.0/20`
}
