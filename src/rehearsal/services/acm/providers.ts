import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {serviceFailure} from '../../resources/failures.js'
import {mentions} from '../../resources/mentions.js'
import {arn} from '../../resources/names.js'
import type {ResourceProvider} from '../../resources/resource-provider.js'
import {records, text, texts} from '../../resources/values.js'

/** How often to look whether somebody has answered a validation. */
const lookAgainSeconds = 60

export const certificateType = 'AWS::CertificateManager::Certificate'

/** Types that hold on to a certificate. */
const users: readonly string[] = [
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerCertificate',
  'AWS::CloudFront::Distribution',
]

/**
 * Certificates. One validated by DNS with a hosted zone for every name is issued; for any other one somebody
 * would have to act, so it waits, as it does in AWS.
 * Source: ACM user guide, "Managed renewal and DNS validation"; template reference, DomainValidationOptions.
 */
export const acmProviders: readonly ResourceProvider[] = [
  {
    type: certificateType,
    create({world, region}) {
      const physicalId = arn(world, region.name, 'acm', `certificate/${world.newUuid()}`)
      return {physicalId, attributes: {CertificateArn: physicalId}}
    },
    stabilized({properties}, _request, operation) {
      if (operation !== 'create') return {state: 'ready'}
      return isValidated(properties) ? {state: 'ready'} : {state: 'waiting', seconds: lookAgainSeconds}
    },
    blocksDeletion: ({physicalId}, {world, region}) =>
      usersOf(world, region, physicalId).length > 0
        ? serviceFailure(world, 'Acm', `Certificate ${physicalId} in account ${world.account.id} is in use.`)
            .message
        : undefined,
  },
]

/** What holds on to a certificate. */
export function usersOf(world: World, region: Region, certificate: string): readonly Resource[] {
  return users
    .flatMap(type => world.resourcesOf(region, type))
    .filter(({properties}) => mentions(properties, certificate))
}

/** Whether a hosted zone answers for each of its names. */
export function isValidated(properties: Readonly<Record<string, unknown>>): boolean {
  const names = [text(properties.DomainName) ?? '', ...texts(properties.SubjectAlternativeNames)]
  const zoned = records(properties.DomainValidationOptions)
    .filter(option => text(option.HostedZoneId) !== undefined)
    .map(option => text(option.DomainName))
  return properties.ValidationMethod === 'DNS' && names.every(name => zoned.includes(name))
}
