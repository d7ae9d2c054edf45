import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {checkValue} from '../../resources/constraints.js'
import {pageOf} from '../../resources/paging.js'
import {text, texts} from '../../resources/values.js'
import {AwsError, modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {certificateType, isValidated, usersOf} from './providers.js'

/** Source: ACM API reference, ListCertificates, MaxItems. */
const largestPage = 1000
/** How long a certificate of ACM is good. Source: ACM user guide, "Certificate characteristics". */
const validMs = 395 * 86_400_000

/** Certificates, as far as reading and deleting them goes. Source: ACM API reference. */
export function acmOperations(world: World) {
  const demand = (region: Region, arn = ''): Resource => {
    const found = world.resource(region, certificateType, arn)
    if (!found) throw modelled('ResourceNotFoundException', `Could not find certificate ${arn}.`)
    return found
  }
  return {
    ListCertificates({CertificateStatuses, Includes, MaxItems, NextToken}, call) {
      const refuse = (message: string) => new AwsError('ValidationException', message)
      checkValue('maxItems', MaxItems, {least: 1, most: largestPage}, refuse)
      const region = world.region(call.region)
      const found = world
        .resourcesOf(region, certificateType)
        .map(certificate => detailOf(world, region, certificate))
        .filter(({Status}) => CertificateStatuses === undefined || CertificateStatuses.includes(Status))
        .filter(({KeyAlgorithm}) => Includes?.keyTypes?.includes(KeyAlgorithm) ?? true)
      const page = pageOf(found, NextToken, MaxItems ?? largestPage)
      return {
        CertificateSummaryList: page.items.map(({InUseBy, Subject: _, ...detail}) => ({
          ...detail,
          InUse: InUseBy.length > 0,
        })),
        NextToken: page.next,
      }
    },

    DescribeCertificate({CertificateArn}, call) {
      const region = world.region(call.region)
      return {Certificate: detailOf(world, region, demand(region, CertificateArn))}
    },

    DeleteCertificate({CertificateArn}, call) {
      const region = world.region(call.region)
      const certificate = demand(region, CertificateArn)
      if (usersOf(world, region, certificate.physicalId).length > 0) {
        throw modelled(
          'ResourceInUseException',
          `Certificate ${certificate.physicalId} in account ${world.account.id} is in use.`,
        )
      }
      world.remove(region, certificate)
    },
  } satisfies Operations<'acm'>
}

function detailOf(world: World, region: Region, {physicalId, properties, createdAt}: Resource) {
  const issued = isValidated(properties)
  const name = text(properties.DomainName) ?? ''
  const made = new Date(createdAt)
  return {
    CertificateArn: physicalId,
    DomainName: name,
    Subject: `CN=${name}`,
    SubjectAlternativeNames: [name, ...texts(properties.SubjectAlternativeNames)],
    Status: issued ? ('ISSUED' as const) : ('PENDING_VALIDATION' as const),
    Type: 'AMAZON_ISSUED' as const,
    KeyAlgorithm: 'RSA_2048' as const,
    InUseBy: [...new Set(usersOf(world, region, physicalId).map(user => holderOf(world, region, user)))],
    RenewalEligibility: 'ELIGIBLE' as const,
    CreatedAt: made,
    ...(issued && {IssuedAt: made, NotBefore: made, NotAfter: new Date(createdAt + validMs)}),
  }
}

/** What ACM names as the user: of a listener its load balancer. Source: ACM API reference, CertificateDetail, InUseBy. */
function holderOf(world: World, region: Region, {type, physicalId, properties}: Resource): string {
  if (type === 'AWS::CloudFront::Distribution')
    return `arn:aws:cloudfront::${world.account.id}:distribution/${physicalId}`
  const listener =
    type === 'AWS::ElasticLoadBalancingV2::ListenerCertificate'
      ? world.resource(region, 'AWS::ElasticLoadBalancingV2::Listener', text(properties.ListenerArn) ?? '')
      : {properties}
  return text(listener?.properties.LoadBalancerArn) ?? physicalId
}
