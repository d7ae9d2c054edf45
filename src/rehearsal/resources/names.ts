import type {Region, Resource} from '../account/account.js'
import type {World} from '../account/world.js'
import {handlerFailure, type ProviderRequest, ResourceFailure} from './resource-provider.js'
import {schemaOf} from './resource-schema.js'
import {text} from './values.js'

/** `arn:aws:<service>:<region>:<account>:<resource>`; an empty region for global services. */
export function arn(world: World, regionName: string, service: string, resource: string): string {
  return `arn:aws:${service}:${regionName}:${world.account.id}:${resource}`
}

/** The names of a region's availability zones, as `Fn::GetAZs` and DescribeAvailabilityZones list them. */
export function availabilityZones(regionName: string): string[] {
  return ['a', 'b', 'c', 'd'].map(letter => `${regionName}${letter}`)
}

/** A zone's id: `us-west-2b` is `usw2-az2`. In AWS the numbers differ between accounts. */
export function zoneId(zoneName: string): string {
  const [area = '', direction = '', last = ''] = zoneName.split('-')
  const short = direction.replace(/north|south|east|west|central/g, word => word.charAt(0))
  return `${area}${short}${last.slice(0, -1)}-az${last.charCodeAt(last.length - 1) - 96}`
}

/** Types whose ARN the registry's template does not give once the physical id is put into it. */
const arnResources: Readonly<Record<string, (physicalId: string) => [service: string, resource: string]>> = {
  'AWS::KMS::Alias': alias => ['kms', alias],
  'AWS::EC2::Snapshot': snapshot => ['ec2', `snapshot/${snapshot}`],
  'AWS::RDS::DBClusterSnapshot': snapshot => ['rds', `cluster-snapshot:${snapshot}`],
  'AWS::RDS::DBSnapshot': snapshot => ['rds', `snapshot:${snapshot}`],
}

/** Attributes that hold a resource's own ARN when it is neither its physical id nor called `Arn`. */
const ownArn = ['DBClusterArn', 'DBInstanceArn', 'DBProxyArn', 'ServiceArn', 'CertificateArn', 'PolicyArn']

/**
 * The ARN of any live resource, or undefined when its type has none.
 * Source: service authorization reference, "Resource types defined by …".
 */
export function arnOf(world: World, region: Region, resource: Resource): string | undefined {
  const {type, physicalId, attributes, properties} = resource
  if (physicalId.startsWith('arn:')) return physicalId
  for (const name of ['Arn', ...ownArn]) {
    const value = attributes[name]
    // The ARN of a log group ends in `:*` in CloudFormation, and without it everywhere else.
    if (typeof value === 'string' && value.startsWith('arn:')) return value.replace(/:\*$/, '')
  }
  const special = arnResources[type]?.(physicalId)
  if (special) return arn(world, region.name, ...special)
  return filledArn(world, region, type, name => {
    if (name === 'ParameterNameWithoutLeadingSlash') return physicalId.replace(/^\//, '')
    if (name.endsWith('WithPath')) return `${text(properties.Path) ?? '/'}${physicalId}`.slice(1)
    const value = attributes[name] ?? properties[name]
    return typeof value === 'string' ? value : physicalId
  })
}

/** The ARN of a type with its places filled; undefined when the registry has none. `ownPart` is asked for what is the resource's own. */
export function filledArn(
  world: World,
  region: Region,
  type: string,
  ownPart: (place: string) => string,
): string | undefined {
  return schemaOf(type)?.arn?.replace(/\$\{(\w+)\}/g, (_, place: string) => {
    if (place === 'Partition') return 'aws'
    if (place === 'Region') return region.name
    return place === 'Account' ? world.account.id : ownPart(place)
  })
}

/**
 * The name a template fixes, or a generated one.
 * @throws ResourceFailure when the name is too long or taken; `taken` is asked when names and physical ids differ.
 */
export function nameFor(
  request: ProviderRequest,
  type: string,
  property: string,
  options: {maxLength: number; lowerCase?: boolean; taken?: (name: string) => Resource | undefined},
): string {
  const {world, region, properties} = request
  const fixed = properties[property]
  const {maxLength, lowerCase = false} = options
  const given = typeof fixed === 'string' && fixed !== '' ? fixed : request.generatedName(maxLength)
  const name = lowerCase ? given.toLowerCase() : given
  if (name.length > maxLength) {
    const member = property.charAt(0).toLowerCase() + property.slice(1)
    throw handlerFailure(
      world,
      `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${maxLength}`,
      'InvalidRequest',
    )
  }
  const existing = options.taken ? options.taken(name) : world.resource(region, type, name)
  if (existing) throw alreadyExists(world, existing, name)
  return name
}

/**
 * What CloudFormation says of a name that is taken: it names the stack that holds it, if one does.
 * Source: CloudFormation user guide, "Troubleshooting CloudFormation".
 */
export function alreadyExists(world: World, existing: Resource, name: string): ResourceFailure {
  if (existing.owner) return new ResourceFailure(`${name} already exists in stack ${existing.owner.stackId}`)
  return handlerFailure(
    world,
    `Resource of type '${existing.type}' with identifier '${name}' already exists.`,
    'AlreadyExists',
  )
}

/** The first resource of a type with a physical id in any region, for services whose names are global. */
export function globalResource(world: World, type: string, physicalId: string): Resource | undefined {
  for (const region of Object.values(world.account.regions)) {
    const found = world.resource(region, type, physicalId)
    if (found) return found
  }
  return undefined
}
