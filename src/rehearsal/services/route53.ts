import type {Resource} from '../account/account.js'
import type {World} from '../account/world.js'
import {number, record, text, texts} from '../simulation/values.js'
import {modelled} from '../wire/errors.js'
import type {Operations} from '../wire/operations.js'
import {pageOf} from './paging.js'

const zoneType = 'AWS::Route53::HostedZone'
const recordType = 'AWS::Route53::RecordSet'
const defaultPage = 100

/** Route 53, as far as reading the zones and records of stacks goes. Source: Route 53 API reference. */
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
    CallerReference: zone.physicalId,
    Config: {Comment: text(record(zone.properties.HostedZoneConfig).Comment), PrivateZone: isPrivate(zone)},
    ResourceRecordSetCount: recordsOf(zone).length,
  })
  return {
    GetHostedZone({Id}) {
      const zone = demand(Id)
      return {
        HostedZone: entry(zone),
        ...(!isPrivate(zone) && {DelegationSet: {NameServers: texts(zone.attributes.NameServers)}}),
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
    Name: dotted(String(data.name)),
    Type: String(data.type) as 'A',
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
