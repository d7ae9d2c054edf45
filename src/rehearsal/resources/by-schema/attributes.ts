import {arnOf, zoneId} from '../names.js'
import type {ProviderRequest} from '../resource-provider.js'
import {type ResourceSchema, schemaOf} from '../resource-schema.js'
import {text} from '../values.js'
import {ofType} from './own-attributes.js'
import {subnet, zone} from './placement.js'
import type {Attribute, Subject} from './subject.js'

/**
 * Every attribute of a new resource that `Fn::GetAtt` may ask for: what the type has of its own, its own id and ARN,
 * a property of the same name, what attributes of that name are everywhere; numbers are 0, lists empty, flags false.
 * Text that nothing says anything about is empty.
 */
export function attributesByRule(
  request: ProviderRequest,
  type: string,
  physicalId: string,
): Record<string, unknown> {
  const schema = schemaOf(type) ?? {}
  const attributes: Record<string, unknown> = {}
  const subject: Subject = {
    request,
    type,
    physicalId,
    attribute(name) {
      attributes[name] ??= attributeByRule(subject, schema, name)
      return attributes[name]
    },
  }
  for (const name of Object.keys(schema.attributes ?? {})) subject.attribute(name)
  return attributes
}

/** The attributes that show a property, after the property has changed. */
export function shownProperties({properties}: ProviderRequest, type: string): Record<string, unknown> {
  const shown = Object.keys(schemaOf(type)?.attributes ?? {}).filter(name => properties[name] !== undefined)
  return Object.fromEntries(shown.map(name => [name, properties[name]]))
}

function attributeByRule(subject: Subject, schema: ResourceSchema, name: string): unknown {
  const {request, type, physicalId} = subject
  const own = ofType[type]?.[name]
  if (own) return own(subject)
  if (isOwnId(schema, name) && !physicalId.includes('|')) return physicalId
  if (isOwnArn(type, name)) return ownArn(subject)
  const given = request.properties[name]
  if (given !== undefined) return given
  return ofName[name]?.(subject) ?? nothing(schema.attributes?.[name] ?? '')
}

/** Whether an attribute is the physical id: the only part of the identity that the service makes up. */
function isOwnId({id = [], properties = {}}: ResourceSchema, name: string): boolean {
  const made = id.filter(part => !(part in properties))
  return id.length === 1 ? id[0] === name : made.length === 1 && made[0] === name
}

/** `Arn`, or `TransitGatewayArn` of a transit gateway. */
function isOwnArn(type: string, name: string): boolean {
  const [, , kind = ''] = type.split('::')
  return /^(.*)arn$/i.exec(name)?.[1] === '' || name.toLowerCase() === `${kind}arn`.toLowerCase()
}

function ownArn({request: {world, region, properties}, type, physicalId}: Subject): unknown {
  const resource = {type, physicalId, attributes: {}, properties, tags: {}, createdAt: 0, data: {}}
  return arnOf(world, region, resource) ?? physicalId
}

function nothing(valueType: string): unknown {
  if (valueType.endsWith('[]')) return []
  if (valueType === 'integer' || valueType === 'number') return 0
  return valueType === 'boolean' ? false : ''
}

function now({request: {world}}: Subject): string {
  return new Date(world.now).toISOString()
}

function accountId({request: {world}}: Subject): string {
  return world.account.id
}

/** What attributes of a name hold in whichever type. */
const ofName: Readonly<Record<string, Attribute>> = {
  AccountId: accountId,
  OwnerId: accountId,
  RegistryId: accountId,
  VpcOwnerId: accountId,
  AvailabilityZone: zone,
  AvailabilityZoneId: subject => zoneId(zone(subject)),
  VpcId: subject => text(subnet(subject)?.properties.VpcId),
  CreateDate: now,
  CreatedAt: now,
  CreatedTime: now,
  CreationDate: now,
  CreationTime: now,
  CreationTimeStamp: ({request: {world}}) => world.now,
  LastModifiedTime: now,
  LastModifiedTimeStamp: ({request: {world}}) => world.now,
  LastUpdateDate: now,
  StartDate: now,
  UpdatedAt: now,
  Id: ({physicalId}) => physicalId,
  Name: ({physicalId}) => physicalId,
  LastModifiedDate: now,
  Status: () => 'ACTIVE',
  State: () => 'available',
  Version: () => 1,
}
