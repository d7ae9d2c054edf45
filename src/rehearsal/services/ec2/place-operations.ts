import {regions} from '../../account/regions.js'
import {availabilityZones, zoneId} from '../../resources/names.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {filtered} from './filters.js'
import {managedPrefixLists} from './prefix-lists.js'

/** What AWS itself brings along: regions, zones, managed prefix lists. */
export function placeOperations() {
  return {
    DescribeRegions(input) {
      const unknown = input.RegionNames?.find(name => !regions.includes(name))
      if (unknown !== undefined) {
        throw new AwsError('InvalidParameterValue', `Invalid region provided: [${unknown}]`)
      }
      const wanted = regions.filter(name => input.RegionNames?.includes(name) ?? true)
      const found = filtered(wanted, input.Filters, name => ({
        'region-name': name,
        endpoint: `ec2.${name}.amazonaws.com`,
        'opt-in-status': 'opt-in-not-required',
        tags: {},
      }))
      return {
        Regions: found.map(name => ({
          RegionName: name,
          Endpoint: `ec2.${name}.amazonaws.com`,
          OptInStatus: 'opt-in-not-required',
        })),
      }
    },

    DescribeAvailabilityZones(input, call) {
      const all = availabilityZones(call.region)
      const unknown = input.ZoneNames?.find(name => !all.includes(name))
      if (unknown !== undefined) {
        throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${unknown}]`)
      }
      const wanted = all
        .filter(name => input.ZoneNames?.includes(name) ?? true)
        .filter(name => input.ZoneIds?.includes(zoneId(name)) ?? true)
      const found = filtered(wanted, input.Filters, name => ({
        'zone-name': name,
        'zone-id': zoneId(name),
        'region-name': call.region,
        'zone-type': 'availability-zone',
        state: 'available',
        'opt-in-status': 'opt-in-not-required',
        'group-name': call.region,
        tags: {},
      }))
      return {
        AvailabilityZones: found.map(name => ({
          ZoneName: name,
          ZoneId: zoneId(name),
          RegionName: call.region,
          GroupName: call.region,
          NetworkBorderGroup: call.region,
          ZoneType: 'availability-zone',
          State: 'available' as const,
          OptInStatus: 'opt-in-not-required' as const,
          Messages: [],
        })),
      }
    },

    DescribeManagedPrefixLists(input, call) {
      const all = managedPrefixLists(call.region)
      const unknown = input.PrefixListIds?.find(id => !all.some(list => list.id === id))
      if (unknown !== undefined) {
        throw new AwsError('InvalidPrefixListID.NotFound', `The prefix list ID '${unknown}' does not exist`)
      }
      const wanted = all.filter(({id}) => input.PrefixListIds?.includes(id) ?? true)
      const found = filtered(wanted, input.Filters, ({id, name}) => ({
        'prefix-list-id': id,
        'prefix-list-name': name,
        'owner-id': 'AWS',
        tags: {},
      }))
      return {
        PrefixLists: found.map(({id, name}) => ({
          PrefixListId: id,
          PrefixListName: name,
          PrefixListArn: `arn:aws:ec2:${call.region}:aws:prefix-list/${id}`,
          AddressFamily: 'IPv4',
          OwnerId: 'AWS',
        })),
      }
    },
  } satisfies Operations<'ec2'>
}
