import type {RRType} from '@aws-sdk/client-route-53'
import type {Resource} from '../../account/account.js'
import {regions} from '../../account/regions.js'
import type {World} from '../../account/world.js'
import {pageOf} from '../../resources/paging.js'
import {number, record, text, texts} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {newHostedZone} from './providers.js'
import {changeRecords} from './record-changes.js'

const zoneType = 'AWS::Route53::HostedZone'
const recordType = 'AWS::Route53::RecordSet'
const defaultPage = 100

/** Route 53, as far as zones and their records go. Source: Route 53 API reference. */
export function route53Operations(world: World) {
  const all = (type: string) =>
    Object.values(world.account.regions).flatMap(region => world.resourcesOf(region, type))
  const zones = () => all(zoneType).sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1))
  const demand = (id: string | undefined) => {
    const found = all(zoneType).find(({physicalId}) => physicalId === bare(id))
    if (!found) throw modelled('NoSuchHostedZone', `No hosted zone found with ID: ${bare(id)}`)
    return found
  }
  /** Every zone has its name servers and its start of authority. */
  const recordsOf = (zone: Resource) => {
    const servers = texts(zone.attributes.NameServers)
    const own = all(recordType)
      .filter(({data}) => data.zone === zone.physicalId)
      .map(recordEntry)
    return [
      {
        Name: nameOf(zone),
        Type: 'NS' as const,
        TTL: 172_800,
        ResourceRecords: servers.map(Value => ({Value: `${Value}.`})),
      },
      {
        Name: nameOf(zone),
        Type: 'SOA' as const,
        TTL: 900,
        ResourceRecords: [{Value: `${servers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`}],
      },
      ...own,
    ].sort((left, right) => (`${left.Name} ${left.Type}` < `${right.Name} ${right.Type}` ? -1 : 1))
  }
  const entry = (zone: Resource) => ({
    Id: `/hostedzone/${zone.physicalId}`,
    Name: nameOf(zone),
    CallerReference: text(zone.data.callerReference) ?? zone.physicalId,
    Config: {Comment: text(record(zone.properties.HostedZoneConfig).Comment), PrivateZone: isPrivate(zone)},
    ResourceRecordSetCount: recordsOf(zone).length,
  })
  const delegation = (zone: Resource) => ({NameServers: texts(zone.attributes.NameServers)})
  /** Changes are everywhere at once here. */
  const change = () => ({
    Id: `/change/C${world.newSuffix(20)}`,
    Status: 'INSYNC' as const,
    SubmittedAt: new Date(world.now),
  })
  return {
    CreateHostedZone({Name = '', CallerReference, HostedZoneConfig, VPC}, call) {
      if (all(zoneType).some(({data}) => data.callerReference === CallerReference)) {
        throw modelled(
          'HostedZoneAlreadyExists',
          'A hosted zone has already been created with the specified caller reference.',
        )
      }
      if (!/^([a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?$/i.test(Name)) {
        throw modelled('InvalidDomainName', `${Name} is not a valid domain name`)
      }
      if (
        VPC &&
        !(
          regions.includes(VPC.VPCRegion ?? call.region) &&
          world.resource(world.region(VPC.VPCRegion ?? call.region), 'AWS::EC2::VPC', VPC.VPCId ?? '')
        )
      ) {
        throw modelled('InvalidVPCId', `The VPC ID ${VPC.VPCId} does not exist.`)
      }
      const zone: Resource = {
        type: zoneType,
        ...newHostedZone(world),
        properties: {
          Name: Name.toLowerCase(),
          HostedZoneConfig,
          ...(VPC && {VPCs: [VPC]}),
        },
        tags: {},
        data: {callerReference: CallerReference},
        createdAt: world.now,
      }
      world.put(world.region(call.region), zone)
      return {
        HostedZone: entry(zone),
        ChangeInfo: change(),
        // The SDK's types do not know that a private zone has none.
        DelegationSet: isPrivate(zone) ? (undefined as never) : delegation(zone),
        ...(VPC && {VPC}),
        Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.physicalId}`,
      }
    },

    DeleteHostedZone({Id}) {
      const zone = demand(Id)
      if (all(recordType).some(({data}) => data.zone === zone.physicalId)) {
        throw modelled(
          'HostedZoneNotEmpty',
          'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
        )
      }
      for (const region of Object.values(world.account.regions)) {
        if (world.resource(region, zoneType, zone.physicalId)) world.remove(region, zone)
      }
      return {ChangeInfo: change()}
    },

    GetHostedZone({Id}) {
      const zone = demand(Id)
      return {
        HostedZone: entry(zone),
        ...(!isPrivate(zone) && {DelegationSet: delegation(zone)}),
      }
    },

    ListHostedZones({Marker, MaxItems}) {
      const size = Number(MaxItems ?? defaultPage)
      const page = pageOf(zones().map(entry), Marker, size, invalid)
      return {
        HostedZones: page.items,
        Marker: Marker ?? '',
        MaxItems: size,
        IsTruncated: page.next !== undefined,
        NextMarker: page.next,
      }
    },

    ListHostedZonesByName({DNSName, MaxItems}) {
      const size = Number(MaxItems ?? defaultPage)
      const found = zones().filter(zone => DNSName === undefined || nameOf(zone) >= dotted(DNSName))
      return {
        HostedZones: found.slice(0, size).map(entry),
        DNSName,
        MaxItems: size,
        IsTruncated: found.length > size,
      }
    },

    ChangeResourceRecordSets({HostedZoneId, ChangeBatch}, call) {
      const zone = demand(HostedZoneId)
      const records = new Map(
        all(recordType)
          .filter(({data}) => data.zone === zone.physicalId)
          .map(record => [`${dotted(text(record.data.name) ?? '')} ${text(record.data.type)}`, record]),
      )
      const own = {id: zone.physicalId, name: nameOf(zone), records}
      changeRecords(world, own, ChangeBatch?.Changes ?? [], world.region(call.region))
      return {ChangeInfo: change()}
    },

    ListResourceRecordSets({HostedZoneId, StartRecordName, StartRecordType, MaxItems}) {
      const size = Math.min(Number(MaxItems ?? 300), 300)
      const start = StartRecordName === undefined ? '' : `${dotted(StartRecordName)} ${StartRecordType ?? ''}`
      const found = recordsOf(demand(HostedZoneId)).filter(({Name, Type}) => `${Name} ${Type}` >= start)
      const next = found[size]
      return {
        ResourceRecordSets: found.slice(0, size),
        MaxItems: size,
        IsTruncated: next !== undefined,
        NextRecordName: next?.Name,
        NextRecordType: next?.Type,
      }
    },
  } satisfies Operations<'route53'>
}

const invalid = () => modelled('InvalidInput', 'The marker is invalid.')
const bare = (id = '') => id.replace(/^\/?hostedzone\//, '')
const dotted = (name: string) => (name.endsWith('.') ? name : `${name}.`)
const nameOf = ({properties}: Resource) => dotted(text(properties.Name) ?? '')
const isPrivate = ({properties}: Resource) => Array.isArray(properties.VPCs) && properties.VPCs.length > 0

function recordEntry({properties, data}: Resource) {
  const alias = record(properties.AliasTarget)
  return {
    Name: dotted(text(data.name) ?? ''),
    Type: text(data.type) as RRType | undefined,
    TTL: number(properties.TTL),
    SetIdentifier: text(properties.SetIdentifier),
    ...(alias.DNSName
      ? {
          AliasTarget: {
            HostedZoneId: text(alias.HostedZoneId) ?? '',
            DNSName: dotted(text(alias.DNSName) ?? ''),
            EvaluateTargetHealth:
              alias.EvaluateTargetHealth === true || alias.EvaluateTargetHealth === 'true',
          },
        }
      : {ResourceRecords: texts(properties.ResourceRecords).map(Value => ({Value}))}),
  }
}
