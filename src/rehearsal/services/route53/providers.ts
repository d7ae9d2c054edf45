import type {Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {serviceFailure} from '../../resources/failures.js'
import {
  handlerFailure,
  type ProviderRequest,
  type ResourceProvider,
} from '../../resources/resource-provider.js'
import {text} from '../../resources/values.js'

const recordSet = 'AWS::Route53::RecordSet'
const hostedZone = 'AWS::Route53::HostedZone'

/** Hosted zones and records. */
export const route53Providers: readonly ResourceProvider[] = [
  {
    type: recordSet,
    create(request) {
      const {world, region, properties} = request
      checkZone(request)
      const name = (text(properties.Name) ?? '').replace(/\.$/, '')
      const type = text(properties.Type) ?? ''
      const others = Object.values(world.account.regions)
        .flatMap(each => world.resourcesOf(each, recordSet))
        .filter(({data}) => data.name === name && data.zone === zoneOf(properties))
      if (others.some(({data}) => data.type === type && properties.SetIdentifier === undefined)) {
        throw handlerFailure(
          world,
          `[Tried to create resource record set [name='${name}.', type='${type}'] but it already exists]`,
          'InvalidRequest',
        )
      }
      // Ref is the bare name in AWS. A second record of one name (A and AAAA) needs a key of its own here.
      const taken = world.resource(region, recordSet, name) !== undefined
      return {
        physicalId: taken ? `${name}|${type}|${text(properties.SetIdentifier) ?? ''}` : name,
        data: {name, type, zone: zoneOf(properties)},
      }
    },
  },
  {
    type: hostedZone,
    create: ({world}) => newHostedZone(world),
    blocksDeletion: ({physicalId}, {world, region}) =>
      world.resourcesOf(region, recordSet).some(({data}) => data.zone === physicalId)
        ? serviceFailure(
            world,
            'Route53',
            'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
          ).message
        : undefined,
  },
]

/** The id and the name servers of a new zone. */
export function newHostedZone(world: World): Pick<Resource, 'physicalId' | 'attributes'> {
  const physicalId = `Z${world.newSuffix(20)}`
  const servers = ['com', 'net', 'org', 'co.uk'].map(
    (ending, index) => `ns-${100 + index * 512}.awsdns-${10 + index}.${ending}`,
  )
  return {physicalId, attributes: {Id: physicalId, NameServers: servers}}
}

/**
 * A zone id in the right form counts as a zone of the account: people bring theirs along.
 */
function checkZone({world, properties}: ProviderRequest): void {
  const zone = zoneOf(properties)
  if (properties.HostedZoneName === undefined && !/^Z[A-Z0-9]{1,31}$/.test(zone)) {
    throw serviceFailure(world, 'Route53', `No hosted zone found with ID: ${zone}`, {
      status: 404,
      code: 'NotFound',
    })
  }
}

function zoneOf(properties: Record<string, unknown>): string {
  return text(properties.HostedZoneId)?.replace('/hostedzone/', '') ?? text(properties.HostedZoneName) ?? ''
}
