import type {Clients} from './clients.js'
import {allPages} from './pages.js'

/** An availability zone: its name in this account, and its id, which is the same in every account. */
export interface Zone {
  readonly name: string
  readonly id: string
}

/** A subnet of an environment. */
export interface OwnSubnet {
  readonly id: string
  readonly zone: string
  /** Addresses that nothing has. */
  readonly free: number
  readonly tags: Readonly<Record<string, string>>
}

/** What EC2 says about the networks of a region. */
export interface Networks {
  /** Elastic IP addresses that the account has, used or not. */
  elasticIps(): Promise<number>
  vpcs(): Promise<number>
  /** Zones that are available to the account; local and wavelength zones are none. */
  zones(): Promise<readonly Zone[]>
  /** Names of the zones with a default subnet. */
  defaultSubnetZones(): Promise<readonly string[]>
  /** Subnets with a tag of this value. */
  subnetsTagged(key: string, value: string): Promise<readonly OwnSubnet[]>
}

export function createNetworks(clients: Pick<Clients, 'ec2'>): Networks {
  return {
    async elasticIps() {
      const ec2 = await clients.ec2()
      const {Addresses = []} = await ec2.describeAddresses({})
      return Addresses.length
    },

    async vpcs() {
      const ec2 = await clients.ec2()
      const all = await allPages(async token => {
        const page = await ec2.describeVpcs({NextToken: token})
        return {items: page.Vpcs, token: page.NextToken}
      })
      return all.length
    },

    async zones() {
      const ec2 = await clients.ec2()
      const {AvailabilityZones: zones = []} = await ec2.describeAvailabilityZones({
        Filters: [{Name: 'zone-type', Values: ['availability-zone']}],
      })
      return zones.flatMap(({ZoneName: name, ZoneId: id = '', State}) =>
        State === 'available' && name ? [{name, id}] : [],
      )
    },

    async defaultSubnetZones() {
      const ec2 = await clients.ec2()
      const subnets = await allPages(async token => {
        const page = await ec2.describeSubnets({
          Filters: [{Name: 'default-for-az', Values: ['true']}],
          NextToken: token,
        })
        return {items: page.Subnets, token: page.NextToken}
      })
      return [...new Set(subnets.flatMap(({AvailabilityZone}) => AvailabilityZone ?? []))].sort()
    },

    async subnetsTagged(key, value) {
      const ec2 = await clients.ec2()
      const subnets = await allPages(async token => {
        const Filters = [{Name: `tag:${key}`, Values: [value]}]
        const page = await ec2.describeSubnets({Filters, NextToken: token})
        return {items: page.Subnets, token: page.NextToken}
      })
      return subnets.map(({SubnetId, AvailabilityZone, AvailableIpAddressCount, Tags = []}) => ({
        id: SubnetId ?? '',
        zone: AvailabilityZone ?? '',
        free: AvailableIpAddressCount ?? 0,
        tags: Object.fromEntries(Tags.map(({Key = '', Value = ''}) => [Key, Value])),
      }))
    },
  }
}
