import {beforeEach, expect, it} from 'vitest'
import {acmOperations} from '../../../../src/rehearsal/services/acm/operations.js'
import {callIn} from '../../helpers/call.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-west-2')
let maker: Maker
let acm: ReturnType<typeof acmOperations>

beforeEach(() => {
  maker = new Maker(testWorld().world)
  acm = acmOperations(maker.world)
})

const certificate = (DomainName: string, HostedZoneId?: string) =>
  maker.make('AWS::CertificateManager::Certificate', {
    ...{DomainName, ValidationMethod: 'DNS'},
    DomainValidationOptions: [{DomainName, HostedZoneId}],
  }).physicalId

it('a certificate is issued where a hosted zone answers for its name, and waits otherwise', () => {
  const issued = certificate('a.example.org', 'Z1')
  certificate('b.example.org')
  expect(acm.ListCertificates({}, here).CertificateSummaryList).toMatchObject([
    {CertificateArn: issued, DomainName: 'a.example.org', Status: 'ISSUED', InUse: false},
    {DomainName: 'b.example.org', Status: 'PENDING_VALIDATION'},
  ])
  const CertificateStatuses = ['PENDING_VALIDATION' as const]
  expect(acm.ListCertificates({CertificateStatuses}, here).CertificateSummaryList).toHaveLength(1)
  expect(acm.ListCertificates({}, callIn('eu-west-1')).CertificateSummaryList).toEqual([])
})

it('a certificate goes when nothing uses it', () => {
  const CertificateArn = certificate('a.example.org', 'Z1')
  const listener = maker.make('AWS::ElasticLoadBalancingV2::ListenerCertificate', {
    ...{ListenerArn: 'arn:listener', Certificates: [{CertificateArn}]},
  })
  expect(acm.DescribeCertificate({CertificateArn}, here).Certificate.InUseBy).toEqual([listener.physicalId])
  expect(() => acm.DeleteCertificate({CertificateArn}, here)).toThrow('is in use')
  maker.remove(listener)
  acm.DeleteCertificate({CertificateArn}, here)
  expect(() => acm.DescribeCertificate({CertificateArn}, here)).toThrow('Could not find certificate')
})

it('names the load balancer whose listener uses a certificate, and once', () => {
  const CertificateArn = certificate('a.example.org', 'Z1')
  const LoadBalancerArn = maker.make('AWS::ElasticLoadBalancingV2::LoadBalancer', {}).physicalId
  for (const Port of [443, 8443])
    maker.make('AWS::ElasticLoadBalancingV2::Listener', {
      ...{LoadBalancerArn, Port, Certificates: [{CertificateArn}]},
    })
  const {InUseBy} = acm.DescribeCertificate({CertificateArn}, here).Certificate
  expect(InUseBy).toEqual([LoadBalancerArn])
})
