import type {Aws} from '../../aws/aws.js'
import {shell} from '../../aws/command-line.js'
import type {LiveState} from '../../aws/live/live.js'
import {hostName} from '../../aws/live/naming.js'
import type {WantedRecord} from './damage.js'
import {isKnown} from './declared.js'

export const recordType = 'AWS::Route53::RecordSet'

type Properties = Readonly<Record<string, unknown>>

/** How a record leads elsewhere than its template says, as a part of a sentence; undefined where it does not. */
export function howMisnamed(
  {to, conflict}: Extract<LiveState, {is: 'record'}>,
  properties: Properties | undefined,
): string | undefined {
  const target = targetOf(properties)
  if (conflict !== undefined) return `it is a ${conflict.type} of ${to}`
  return target === undefined || hostName(target) === to ? undefined : `it leads to ${to}, not to ${target}`
}

/** What the record is to be; undefined where that cannot be known here. */
export async function wantedRecord(
  aws: Pick<Aws, 'loadBalancers'>,
  properties: Properties,
  live: LiveState | undefined,
): Promise<WantedRecord | undefined> {
  const target = targetOf(properties)
  const [zone, name, type] = [properties.HostedZoneId, properties.Name, properties.Type].map(String)
  if (target === undefined || !zone || !name || !type) return undefined
  const targetZone = await aws.loadBalancers.zoneOf(target)
  if (targetZone === undefined) return undefined
  const conflict = live?.is === 'record' ? live.conflict : undefined
  return {zone, name, type, target, targetZone, ...(conflict && {conflict})}
}

/** The command that makes it so, without `aws`, in the AWS CLI's shorthand: every shell leaves that as it is. */
export function recordCommand({zone, name, type, target, targetZone, conflict}: WantedRecord): string {
  const alias = `AliasTarget={HostedZoneId=${targetZone},DNSName=${target},EvaluateTargetHealth=true}`
  const gone = conflict && [
    `Name=${name},Type=${conflict.type},TTL=${conflict.ttl}`,
    `ResourceRecords=[${conflict.values.map(value => `{Value=${value}}`).join(',')}]`,
  ]
  const changes = [
    ...(gone ? [`{Action=DELETE,ResourceRecordSet={${gone.join(',')}}}`] : []),
    `{Action=UPSERT,ResourceRecordSet={Name=${name},Type=${type},${alias}}}`,
  ]
  const batch = `Changes=[${changes.join(',')}]`
  return shell`route53 change-resource-record-sets --hosted-zone-id ${zone} --change-batch ${batch}`
}

function targetOf(properties: Properties | undefined): string | undefined {
  const alias = properties?.AliasTarget
  const name = typeof alias === 'object' && alias !== null && 'DNSName' in alias ? alias.DNSName : undefined
  return typeof name === 'string' && isKnown(name) ? name : undefined
}
