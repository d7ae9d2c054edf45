import type {Region} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {type Properties, records, text} from '../../resources/values.js'
import {AwsError, modelled} from '../../wire/errors.js'
import {certificateType, isValidated} from '../acm/providers.js'

/**
 * Why a listener cannot have the certificates of ACM that it names, as Elastic Load Balancing says it: one of the region that is
 * issued is needed. Of those of IAM nothing is known here. Source: Elastic Load Balancing API reference, CreateListener,
 * CertificateNotFound; UnsupportedCertificate as public logs of Terraform have it.
 */
export function certificateProblem(
  world: World,
  region: Region,
  {Certificates}: Properties,
): Error | undefined {
  const arns = records(Certificates)
    .map(({CertificateArn}) => text(CertificateArn) ?? '')
    .filter(arn => arn.includes(':acm:'))
  for (const arn of arns) {
    const certificate = world.resource(region, certificateType, arn)
    if (certificate === undefined)
      return modelled('CertificateNotFoundException', `Certificate '${arn}' not found`)
    if (!isValidated(certificate.properties)) {
      const message = `The certificate '${arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`
      // The SDK's model of the API lacks this one.
      return new AwsError('UnsupportedCertificate', message)
    }
  }
  return undefined
}
