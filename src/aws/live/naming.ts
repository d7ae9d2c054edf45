import {allPages} from '../pages.js'
import {type LiveState, type Look, there} from './state.js'

/** Of one name there are a few, of different types. Source: Route 53 API reference, ListResourceRecordSets. */
const recordsOfAName = 10

/** Physical ids are the names; the zones that they may be in are said by the template alone. A call for each name. */
const records: Look = async (clients, ids, {zones}) => {
  const route53 = await clients.route53()
  const found = await Promise.all(
    zones.flatMap(HostedZoneId =>
      ids.map(async (id): Promise<readonly [string, LiveState][]> => {
        // Nobody knows of records in a zone that is not there: the failure says so.
        const page = await route53.listResourceRecordSets({
          ...{HostedZoneId, StartRecordName: id, MaxItems: recordsOfAName},
        })
        const own = (page.ResourceRecordSets ?? []).filter(({Name}) => hostName(Name) === hostName(id))
        const address = own.find(({Type}) => Type === 'A')
        if (address !== undefined) {
          const {AliasTarget, ResourceRecords = []} = address
          const to = AliasTarget?.DNSName ?? ResourceRecords.map(({Value}) => Value).join(', ')
          return [[id, {is: 'record', to: hostName(to)}]]
        }
        // Nothing else can have the name of such a record.
        const other = own.find(({Type}) => Type === 'CNAME')
        if (other === undefined) return []
        const values = (other.ResourceRecords ?? []).flatMap(({Value}) => Value ?? [])
        const conflict = {type: 'CNAME', ttl: other.TTL ?? 0, values}
        return [[id, {is: 'record', to: hostName(values[0]), conflict}]]
      }),
    ),
  )
  return new Map(found.flat())
}

/** As it is compared. Route 53 puts `dualstack.` before the name of a load balancer that is chosen in its console. */
export function hostName(name = ''): string {
  return name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '')
}

/** Of the region, those with the keys that ACM gives; one that is not issued is of no use. */
const certificates: Look = async clients => {
  const acm = await clients.certificates()
  const all = await allPages(async token => {
    const page = await acm.listCertificates({MaxItems: 1000, NextToken: token})
    return {items: page.CertificateSummaryList, token: page.NextToken}
  })
  return new Map(
    all.map(({CertificateArn = '', Status = 'ISSUED'}): [string, LiveState] => [
      CertificateArn,
      Status === 'ISSUED' ? there : {is: 'unusable', status: Status},
    ]),
  )
}

export const namingLooks: Readonly<Record<string, Look>> = {
  'AWS::Route53::RecordSet': records,
  'AWS::CertificateManager::Certificate': certificates,
}
