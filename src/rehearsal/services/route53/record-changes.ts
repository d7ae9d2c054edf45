import type {Change, ResourceRecordSet} from '@aws-sdk/client-route-53'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {texts} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'

const recordType = 'AWS::Route53::RecordSet'

/** A zone whose records are to change. */
interface Zone {
  readonly id: string
  /** With the dot at its end. */
  readonly name: string
  /** Its records by `NAME TYPE`, names with the dot at their ends. */
  readonly records: ReadonlyMap<string, Resource>
}

/**
 * Makes all changes of a batch, or none. Sources: Route 53 API reference, ChangeResourceRecordSets; the words of its errors.
 * @throws AwsError InvalidChangeBatch
 */
export function changeRecords(world: World, zone: Zone, changes: readonly Change[], home: Region): void {
  const after = new Map<string, Resource | undefined>(zone.records)
  const problems: string[] = []
  for (const {Action, ResourceRecordSet: wanted} of changes) {
    const name = dotted(wanted?.Name ?? '').toLowerCase()
    const type = wanted?.Type ?? ''
    const key = `${name} ${type}`
    const existing = after.get(key)
    const problem = problemOf(zone, {Action, name, type, existing: existing !== undefined})
    if (problem !== undefined) problems.push(problem)
    else if (Action === 'DELETE') after.set(key, undefined)
    else after.set(key, recordOf(world, zone, {...wanted, Name: name, Type: wanted?.Type}))
  }
  problems.push(...conflictsIn(zone, after))
  if (problems.length > 0) throw modelled('InvalidChangeBatch', problems.map(text => `[${text}]`).join(', '))
  for (const [key, record] of after) {
    const before = zone.records.get(key)
    if (record === before) continue
    const region = regionOf(world, before ?? record, home)
    if (before) world.remove(region, before)
    if (record) world.put(region, record)
  }
}

function problemOf(
  zone: Zone,
  {Action, name, type, existing}: {Action?: string; name: string; type: string; existing: boolean},
): string | undefined {
  if (name !== zone.name && !name.endsWith(`.${zone.name}`))
    return `RRSet with DNS name ${name} is not permitted in zone ${zone.name}`
  const set = `resource record set [name='${name}', type='${type}']`
  if (Action === 'CREATE' && existing) return `Tried to create ${set} but it already exists`
  if (Action === 'DELETE' && !existing) return `Tried to delete ${set} but it was not found`
  return undefined
}

/** A CNAME has its name to itself. */
function conflictsIn(zone: Zone, after: ReadonlyMap<string, Resource | undefined>): string[] {
  const names = [...after].flatMap(([key, record]) => (record ? [key.split(' ')] : []))
  return names.flatMap(([name, type]) =>
    type === 'CNAME' && names.filter(([other]) => other === name).length > 1
      ? [
          `RRSet of type CNAME with DNS name ${name} is not permitted as it conflicts with other records with the same DNS name in zone ${zone.name}`,
        ]
      : [],
  )
}

function recordOf(world: World, zone: Zone, record: ResourceRecordSet): Resource {
  const {Name = '', Type, TTL, AliasTarget, ResourceRecords = []} = record
  const name = Name.replace(/\.$/, '')
  return {
    ...{type: recordType, physicalId: name, attributes: {}, tags: {}, createdAt: world.now},
    data: {name, type: Type, zone: zone.id},
    properties: {
      ...{Name: name, Type, HostedZoneId: zone.id},
      ...(AliasTarget
        ? {AliasTarget: {...AliasTarget, DNSName: AliasTarget.DNSName?.replace(/\.$/, '')}}
        : {TTL, ResourceRecords: texts(ResourceRecords.map(({Value}) => Value))}),
    },
  }
}

/** Records have no region: the account keeps one where it was, or where a stack has made it. */
function regionOf(world: World, record: Resource | undefined, otherwise: Region): Region {
  const id = record?.physicalId ?? ''
  const regions = Object.values(world.account.regions)
  return (
    regions.find(region => world.resource(region, recordType, id)) ??
    regions.find(region =>
      Object.values(region.stacks).some(({resources}) =>
        Object.values(resources).some(({type, physicalId}) => type === recordType && physicalId === id),
      ),
    ) ??
    otherwise
  )
}

const dotted = (name: string): string => (name.endsWith('.') ? name : `${name}.`)
