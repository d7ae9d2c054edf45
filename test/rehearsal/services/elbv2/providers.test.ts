import {expect, it} from 'vitest'
import {fixture, secondsUntil} from '../ecs/fixtures.js'
import {gateway} from '../ecs/gateway.js'

const balancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer'

it('a load balancer has the attributes that templates ask for, and is ready when it is active', () => {
  const base = fixture()
  const made = base.make(balancerType, {Name: 'demo-alb', Subnets: [], SecurityGroups: ['sg-1']})
  expect(made.physicalId).toMatch(
    /^arn:aws:elasticloadbalancing:us-west-2:\d{12}:loadbalancer\/app\/demo-alb\/[0-9a-f]{16}$/,
  )
  expect(made.attributes).toMatchObject({
    LoadBalancerArn: made.physicalId,
    LoadBalancerName: 'demo-alb',
    LoadBalancerFullName: expect.stringMatching(/^app\/demo-alb\/[0-9a-f]{16}$/),
    DNSName: expect.stringMatching(/^demo-alb-\d{10}\.us-west-2\.elb\.amazonaws\.com$/),
    CanonicalHostedZoneID: 'Z1H1FL5HABSF5',
    SecurityGroups: ['sg-1'],
  })
  const seconds = secondsUntil(base, () => base.progress(made).state === 'ready')
  expect(seconds).toBeGreaterThan(120)
  expect(seconds).toBeLessThan(190)
})

it('deletion protection keeps a load balancer', () => {
  const base = fixture()
  const made = base.make(balancerType, {
    LoadBalancerAttributes: [{Key: 'deletion_protection.enabled', Value: 'true'}],
  })
  expect(base.kind(made).blocksDeletion?.(made, base.request(made))).toBe(
    `Load balancer '${made.physicalId}' cannot be deleted because deletion protection is enabled`,
  )
})

it('two listeners cannot share a port', () => {
  const base = gateway({port: 80})
  expect(() => base.make('AWS::ElasticLoadBalancingV2::Listener', {...base.listener.properties})).toThrow(
    /A listener already exists on this port/,
  )
})

it('names are unique and at most 32 characters long', () => {
  const base = fixture()
  base.make(balancerType, {Name: 'demo-alb'})
  expect(() => base.make(balancerType, {Name: 'demo-alb'})).toThrow(/already exists in stack/)
  expect(() => base.make(balancerType, {Name: 'x'.repeat(33)})).toThrow(/less than or equal to 32/)
})

it('a listener takes a certificate of the region that is issued, and no other', () => {
  const base = gateway({port: 80})
  const certificate = (HostedZoneId?: string) =>
    base.make('AWS::CertificateManager::Certificate', {
      ...{DomainName: 'a.example.org', ValidationMethod: 'DNS'},
      DomainValidationOptions: [{DomainName: 'a.example.org', HostedZoneId}],
    }).physicalId
  const listenerWith = (CertificateArn: string) =>
    base.make('AWS::ElasticLoadBalancingV2::Listener', {
      ...base.listener.properties,
      ...{Port: 443, Certificates: [{CertificateArn}]},
    })
  const issued = certificate('Z1')
  expect(() => listenerWith(certificate())).toThrow(/must have a fully-qualified domain name/)
  expect(() => listenerWith(issued.replace('us-west-2', 'eu-west-1'))).toThrow(
    /^Resource.*'arn\S+' not found/,
  )
  expect(listenerWith(issued).properties.Port).toBe(443)
})
