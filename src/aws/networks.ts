import type {Clients} from './clients.js'
import {allPages} from './pages.js'

/** What EC2 says about the networks of a region. */
export interface Networks {
  /** Elastic IP addresses that the account has, used or not. */
  elasticIps(): Promise<number>
  vpcs(): Promise<number>
  /** Zones that are available to the account; local and wavelength zones are none. */
  availabilityZones(): Promise<readonly string[]>
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

    async availabilityZones() {
      const ec2 = await clients.ec2()
      const {AvailabilityZones: zones = []} = await ec2.describeAvailabilityZones({
        Filters: [{Name: 'zone-type', Values: ['availability-zone']}],
      })
      return zones.flatMap(({ZoneName, State}) => (State === 'available' && ZoneName ? [ZoneName] : []))
    },
  }
}
